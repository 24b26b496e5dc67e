import { createHmac, randomBytes } from 'node:crypto';
import type { Copied } from '../../../shared/contract/keys.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { EventMap, Handlers } from '../../../shared/rpc/define.ts';
import type { Clipboard, Clock, Log } from '../ports.ts';
import { Turns } from '../vault/turns.ts';

export interface ClipboardGuardOptions {
  readonly clipboard: Clipboard;
  readonly clock: Clock;
  readonly log: Log;
  readonly emit: (channel: 'clipboard.changed', payload: EventMap<AppContract>['clipboard.changed']) => void;
}

interface Copy {
  /** Of what was copied: the secret itself is not kept for this. */
  readonly digest: string;
  readonly timer: AbortController;
}

/** Milliseconds for which a copied secret stays on the clipboard. */
const staysFor = 30_000;

/** Puts secrets on the clipboard and takes them away again, unless the person copied something else meanwhile (X12). */
export class ClipboardGuard {
  readonly #options: ClipboardGuardOptions;
  readonly #turns = new Turns();
  /** For this run: nobody can try out texts against a digest. */
  readonly #key = randomBytes(32);
  #copy: Copy | undefined;

  constructor(options: ClipboardGuardOptions) {
    this.#options = options;
  }

  readonly handlers: Handlers<AppContract>['clipboard'] = { copySecret: ({ text }) => this.copySecret(text) };

  /** Errors: clipboard-unavailable; what was copied before stays guarded then. */
  copySecret(text: string): Promise<Copied> {
    return this.#inTurn(async () => {
      const { clipboard, clock, emit } = this.#options;
      await clipboard.writeSecret(text);
      this.#copy?.timer.abort();
      const copy = { digest: this.#digest(text), timer: new AbortController() };
      this.#copy = copy;
      const clearsAt = new Date(clock.now() + staysFor).toISOString();
      clock.sleep(staysFor, copy.timer.signal).then(
        () => this.clear(),
        // Aborted: it is cleared or replaced already.
        () => undefined,
      );
      emit('clipboard.changed', { clearsAt });
      return { clearsAt };
    });
  }

  /** At once, if the clipboard still holds a secret of ours: when the app is locked, at sign-out and at the end. */
  clear(): Promise<void> {
    return this.#inTurn(async () => {
      const copy = this.#copy;
      if (!copy) return;
      copy.timer.abort();
      this.#copy = undefined;
      await this.#takeAway(copy);
      this.#options.emit('clipboard.changed', { clearsAt: null });
    });
  }

  /** A clipboard that can not be read may hold something of the person's own, so it is left alone. */
  async #takeAway({ digest }: Copy): Promise<void> {
    const { clipboard, log } = this.#options;
    try {
      if (this.#digest(await clipboard.read()) === digest) await clipboard.clear();
    } catch (error) {
      log.error('a copied secret could not be taken off the clipboard', error);
    }
  }

  #digest(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64');
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    return this.#turns.take('clipboard', act);
  }
}
