import {
  maxDraftBytes,
  type DraftEdit,
  type DraftsSnapshot,
  type KeptDraft,
} from '../../../../shared/contract/drafts.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import type { Clock } from '../../ports.ts';
import { AccountState, type AccountStateDeps } from '../../resources/account-state.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { createDraftsDocument } from './drafts-document.ts';
import { TypedLast } from './typed-last.ts';

export interface DraftsDeps extends AccountStateDeps {
  readonly storage: SealedStorage;
  readonly registry: { all(): Promise<{ readonly accounts: readonly { readonly id: string }[] }> };
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  /** Errors: not-found, unauthenticated after a sign-out. */
  readonly mustShow: (accountId: string) => Promise<void>;
  readonly emit: Emit<'drafts.changed' | 'drafts.wanted'>;
}

const none: KeptDraft = { edits: [], savedAt: null };

/** What was typed into the profile and not sent (X5), sealed by account. It is never sent from here. */
export class DraftsService {
  readonly #deps: DraftsDeps;
  readonly #states: AccountState<KeptDraft>;
  /** When each draft was last changed, as far as it is known: the words themselves need not stay in memory for that. */
  readonly #marks = new Map<string, string | null>();
  readonly #typedLast: TypedLast;

  constructor(deps: DraftsDeps) {
    this.#deps = deps;
    this.#states = new AccountState(deps, createDraftsDocument(deps.storage));
    this.#typedLast = new TypedLast(deps);
  }

  readonly handlers: Handlers<AppContract>['drafts'] = {
    list: () => this.#snapshot(),
    get: async ({ accountId }) => {
      this.#typedLast.notePage();
      await this.#deps.mustShow(accountId);
      return this.read(accountId);
    },
    save: async ({ accountId, edits }) => {
      await this.#keep(accountId, edits);
      return {};
    },
    discard: async ({ accountId }) => {
      await this.#keep(accountId, []);
      return {};
    },
    confirmKept: () => {
      this.#typedLast.noteAnswer();
      return {};
    },
  };

  /** What a page has not handed over yet is kept now; one that does not answer holds up nobody for long. Never throws. */
  readonly keepTyped = (): Promise<void> => this.#typedLast.ask();

  /** All that is kept of an account. Errors: storage-fault, key-store-unavailable. */
  read(accountId: string): Promise<KeptDraft> {
    return this.#states.read(accountId);
  }

  /** Fields of an account that were typed into. Errors: as `read`. */
  async countFields(accountId: string): Promise<number> {
    return (await this.read(accountId)).edits.length;
  }

  /** A session is over: what was typed in it stays on the disk, and is held in memory no longer. */
  clear(accountId: string): void {
    this.#states.evict(accountId);
  }

  async erase(accountId: string): Promise<void> {
    this.#marks.delete(accountId);
    await this.#states.erase(accountId);
    await this.#emitChanged();
  }

  async #keep(accountId: string, edits: DraftEdit[]): Promise<void> {
    const kept = await this.#states.keep(accountId, () => {
      if (edits.length === 0) return none;
      if (Buffer.byteLength(JSON.stringify(edits)) > maxDraftBytes)
        throw new AppError('invalid-request', { reason: 'request-too-large' });
      return { edits, savedAt: new Date(this.#deps.clock.now()).toISOString() };
    });
    this.#marks.set(accountId, kept.savedAt);
    await this.#emitChanged();
  }

  async #snapshot(): Promise<DraftsSnapshot> {
    const { accounts } = await this.#deps.registry.all();
    const drafts = await Promise.all(
      accounts.map(async ({ id }) => {
        const savedAt = await this.#markOf(id);
        return savedAt ? [{ accountId: id, savedAt }] : [];
      }),
    );
    return { drafts: drafts.flat() };
  }

  /** A file that does not open is told of by itself, and hides no other's draft. */
  async #markOf(accountId: string): Promise<string | null> {
    const known = this.#marks.get(accountId);
    if (known !== undefined) return known;
    try {
      const { savedAt } = await this.read(accountId);
      this.#states.evict(accountId);
      this.#marks.set(accountId, savedAt);
      return savedAt;
    } catch (error) {
      if (error instanceof AppError && error.code === 'storage-fault') return null;
      throw error;
    }
  }

  async #emitChanged(): Promise<void> {
    this.#deps.emit('drafts.changed', await this.#snapshot());
  }
}

/** Kept as long as its account is. */
export function createDrafts(deps: DraftsDeps & { readonly events: Pick<ServiceEmitter, 'on'> }): DraftsService {
  const drafts = new DraftsService(deps);
  deps.events.on('session-ended', ({ accountId }) => drafts.clear(accountId));
  deps.events.on('forgotten', ({ accountId }) => drafts.erase(accountId));
  return drafts;
}
