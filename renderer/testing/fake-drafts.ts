import { drafts, type DraftEdit, type KeptDraft } from '../../shared/contract/drafts.ts';
import type { EventMap, Handlers } from '../../shared/rpc/define.ts';

export const draftsContract = { drafts };
type Contract = typeof draftsContract;

export interface FakeDraftsFrame {
  readonly answer: <T>(channel: string, input: unknown, value: () => T) => Promise<T>;
  readonly emit: <K extends keyof EventMap<Contract> & string>(channel: K, payload: EventMap<Contract>[K]) => void;
}

/** What was typed and not sent, by account: as the services keep it. */
export class FakeDrafts {
  readonly kept = new Map<string, KeptDraft>();
  /** When what comes is kept. */
  now = '2026-03-01T10:00:00.000Z';
  readonly #frame: FakeDraftsFrame;

  constructor(frame: FakeDraftsFrame) {
    this.#frame = frame;
  }

  keep(accountId: string, edits: DraftEdit[], savedAt = this.now): void {
    if (edits.length > 0) this.kept.set(accountId, { edits, savedAt });
    else this.kept.delete(accountId);
    this.#frame.emit('drafts.changed', this.#snapshot());
  }

  #snapshot() {
    return { drafts: [...this.kept].map(([accountId, { savedAt }]) => ({ accountId, savedAt: savedAt ?? this.now })) };
  }

  readonly handlers: Handlers<Contract> = {
    drafts: {
      list: () => this.#frame.answer('drafts.list', undefined, () => this.#snapshot()),
      get: (input) =>
        this.#frame.answer('drafts.get', input, () => this.kept.get(input.accountId) ?? { edits: [], savedAt: null }),
      save: (input) =>
        this.#frame.answer('drafts.save', input, () => {
          this.keep(input.accountId, input.edits);
          return {};
        }),
      discard: (input) =>
        this.#frame.answer('drafts.discard', input, () => {
          this.keep(input.accountId, []);
          return {};
        }),
      confirmKept: () => this.#frame.answer('drafts.confirmKept', undefined, () => ({})),
    },
  };
}
