import { AppError } from '../../shared/contract/errors.ts';
import { contract } from '../../shared/contract/index.ts';
import type { CloseResult, Session, SessionsSnapshot } from '../../shared/contract/account/sessions.ts';
import type { Handlers } from '../../shared/rpc/define.ts';
import type { FakeFrame } from './fake-security.ts';
import { sampleSessions } from './sample-sessions.ts';
import { nextSequence } from './next-sequence.ts';

export const sessionsContract = { sessions: contract.sessions };

type SessionsFrame = Pick<FakeFrame, 'answer'> & {
  emit(channel: 'sessions.changed', payload: SessionsSnapshot): void;
  signOut(accountId: string): void;
};

/** A person's sessions as the screens see them. */
export class FakeSessions {
  sessions: Session[] = sampleSessions(6);
  takenAt = new Date().toISOString();
  /** Sessions that the provider will not close, and why. */
  refusals = new Map<string, AppError>();
  /** Whether the list can be read after closing. */
  isReadable = true;
  readonly #frame: SessionsFrame;

  constructor(frame: SessionsFrame) {
    this.#frame = frame;
  }

  snapshotOf(
    accountId: string,
    source: SessionsSnapshot['source'] = 'provider',
    sequence = nextSequence(),
  ): SessionsSnapshot {
    return { accountId, source, takenAt: this.takenAt, sequence, sessions: this.sessions };
  }

  #change(accountId: string, change: (session: Session) => Session): SessionsSnapshot {
    this.sessions = this.sessions.map(change);
    const snapshot = this.snapshotOf(accountId);
    this.#frame.emit('sessions.changed', snapshot);
    return snapshot;
  }

  #rename(accountId: string, id: string, name: string): SessionsSnapshot {
    if (!this.sessions.some((session) => session.id === id)) throw new AppError('not-found');
    return this.#change(accountId, (session) => (session.id === id ? { ...session, ownName: name || null } : session));
  }

  #close(accountId: string, ids: readonly string[]) {
    const results: CloseResult[] = ids.map((id) => ({ id, error: this.refusals.get(id)?.toShape() ?? null }));
    const closed = new Set(results.filter(({ error }) => !error).map(({ id }) => id));
    const isOut = this.sessions.some(({ id, isCurrent }) => isCurrent && closed.has(id));
    this.sessions = this.sessions.filter(({ id }) => !closed.has(id));
    this.takenAt = new Date(Math.max(Date.now(), Date.parse(this.takenAt) + 1)).toISOString();
    if (isOut) this.#frame.signOut(accountId);
    return { results, snapshot: isOut || !this.isReadable ? null : this.snapshotOf(accountId) };
  }

  readonly handlers: Handlers<typeof sessionsContract> = {
    sessions: {
      list: (input) => {
        const sequence = input.from === 'cache' ? 0 : nextSequence();
        return this.#frame.answer(`sessions.list ${input.from}`, input, () =>
          this.snapshotOf(input.accountId, input.from, sequence),
        );
      },
      close: (input) => this.#frame.answer('sessions.close', input, () => this.#close(input.accountId, input.ids)),
      closeOthers: (input) =>
        this.#frame.answer('sessions.closeOthers', input, () =>
          this.#close(
            input.accountId,
            this.sessions.filter(({ isCurrent }) => !isCurrent).map(({ id }) => id),
          ),
        ),
      rename: (input) =>
        this.#frame.answer('sessions.rename', input, () => this.#rename(input.accountId, input.sessionId, input.name)),
      markSeen: (input) =>
        this.#frame.answer('sessions.markSeen', input, () => {
          this.#change(input.accountId, (session) => ({ ...session, isNew: false }));
          return {};
        }),
    },
  };
}
