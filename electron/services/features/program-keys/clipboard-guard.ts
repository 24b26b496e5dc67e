import { createHmac, randomBytes } from 'node:crypto';
import type { Copied } from '../../../../shared/contract/keys/keys.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { Clipboard, Clock, Log } from '../../ports.ts';
import { SerialQueue } from '../../core/serial-queue.ts';

export interface ClipboardGuardDeps {
  readonly clipboard: Clipboard;
  readonly clock: Clock;
  readonly log: Log;
  readonly emit: Emit<'clipboard.changed'>;
}

interface Copy {
  /** Of what was copied: the secret itself is not kept for this. */
  readonly digest: string;
  readonly timer: AbortController;
}

/** Milliseconds for which a copied secret stays on the clipboard. */
const clipboardMs = 30_000;
/** And how often: another program may hold the clipboard for a moment. */
const retryMs = 5_000;
const tries = 24;
/** Milliseconds after which a history has put back what it puts back. */
const historyMs = 1_000;
/** Takes the place of a secret that comes back to an empty clipboard. */
const harmless = 'Profile Desk';

/** Puts secrets on the clipboard and takes them away again, unless the person copied something else meanwhile (X12). */
export class ClipboardGuard {
  readonly #deps: ClipboardGuardDeps;
  readonly #queue = new SerialQueue();
  /** For this run: nobody can try out texts against a digest. */
  readonly #key = randomBytes(32);
  #copy: Copy | undefined;

  constructor(deps: ClipboardGuardDeps) {
    this.#deps = deps;
  }

  readonly handlers: Handlers<AppContract>['clipboard'] = {
    copyText: ({ text }) => this.copyText(text),
    copySecret: ({ text }) => this.copySecret(text),
  };

  /** What is no secret: it stays, and a secret that was there is gone by it. Errors: clipboard-unavailable. */
  copyText(text: string): Promise<Record<string, never>> {
    return this.#inTurn(async () => {
      await this.#deps.clipboard.writeText(text);
      if (this.#copy) this.#end(this.#copy);
      return {};
    });
  }

  /** Errors: clipboard-unavailable; what was copied before stays guarded then. */
  copySecret(text: string): Promise<Copied> {
    return this.#inTurn(async () => {
      const { clipboard, clock, emit } = this.#deps;
      await clipboard.writeSecret(text);
      this.#copy?.timer.abort();
      const copy = { digest: this.#digest(text), timer: new AbortController() };
      this.#copy = copy;
      const clearsAt = new Date(clock.now() + clipboardMs).toISOString();
      // Ends early when aborted: it is cleared or replaced already.
      this.#clearLater(copy).catch(() => undefined);
      emit('clipboard.changed', { clearsAt });
      return { clearsAt };
    });
  }

  /** At once, if the clipboard still holds a secret of ours: when the app is locked, at sign-out and at the end. */
  clear(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#copy) await this.#takeAway(this.#copy);
    });
  }

  async #clearLater(copy: Copy): Promise<void> {
    const { signal } = copy.timer;
    await this.#deps.clock.sleep(clipboardMs, signal);
    for (let left = tries; left > 0; left -= 1) {
      // Not another one that took its place while this waited for its turn.
      await this.#inTurn(async () => (this.#copy === copy ? this.#takeAway(copy) : undefined));
      if (signal.aborted) return;
      await this.#deps.clock.sleep(retryMs, signal);
    }
    this.#end(copy);
  }

  /** A clipboard that cannot be read may hold something of the person's own, so it is left alone for now. */
  async #takeAway(copy: Copy): Promise<void> {
    const { clipboard, log } = this.#deps;
    try {
      if (await this.#holds(copy)) await clipboard.clear();
      const isStillThere = !(await this.#overwrite(copy));
      this.#end(copy, isStillThere);
      if (!isStillThere) this.#lookAgain(copy);
    } catch (error) {
      log.error('a copied secret could not be taken off the clipboard', error);
    }
  }

  async #holds(copy: Copy): Promise<boolean> {
    return this.#digest(await this.#deps.clipboard.read()) === copy.digest;
  }

  /**
   * Some histories put their last entry back when the clipboard is emptied: then something harmless takes its place.
   */
  async #overwrite(copy: Copy): Promise<boolean> {
    if (!(await this.#holds(copy))) return true;
    await this.#deps.clipboard.writeText(harmless);
    return !(await this.#holds(copy));
  }

  /** A history may take its time. Whoever copied the same on purpose meanwhile has a copy of their own. */
  #lookAgain(copy: Copy): void {
    const { clock, emit, log } = this.#deps;
    const look = async (): Promise<void> => {
      if (this.#copy === undefined && !(await this.#overwrite(copy)))
        emit('clipboard.changed', { clearsAt: null, isStillThere: true });
    };
    clock
      .sleep(historyMs)
      .then(() => this.#inTurn(look))
      .catch((error: unknown) => log.error('the clipboard could not be looked at again', error));
  }

  #end(copy: Copy, isStillThere = false): void {
    copy.timer.abort();
    if (this.#copy !== copy) return;
    this.#copy = undefined;
    this.#deps.emit('clipboard.changed', { clearsAt: null, ...(isStillThere && { isStillThere }) });
  }

  #digest(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64');
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    return this.#queue.run('clipboard', act);
  }
}
