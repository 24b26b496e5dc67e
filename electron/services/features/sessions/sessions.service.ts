import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { SessionsSnapshot } from '../../../../shared/contract/account/sessions.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import { createAgentReader } from './agent-reader.ts';
import { parseUserAgent } from './agent/parse-user-agent.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { AccountSessions, SessionFacts } from '../../provider/account-sessions.ts';
import { AccountState, type AccountStateDeps } from '../../resources/account-state.ts';
import { CachedResource, type Reading, type ResourceDeps } from '../../resources/cached-resource.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { SessionCloser, type CloseOutcome, type SessionCloserDeps, type SessionsResource } from './session-closer.ts';
import { createSessionDocuments } from './session-documents.ts';
import { withAllSeen, withList, withName, type SessionList, type SessionsState } from './sessions-state.ts';
import { toSessions } from './to-sessions.ts';

export interface SessionsDeps
  extends
    AccountStateDeps,
    Omit<ResourceDeps<AccountSessions, SessionsState>, 'states'>,
    Pick<SessionCloserDeps, 'signOut'> {
  readonly storage: SealedStorage;
  readonly events: Pick<ServiceEmitter, 'on'>;
  readonly emit: Emit<'sessions.changed'>;
}

export interface SessionsService {
  readonly handlers: Handlers<AppContract>['sessions'];
  /** How many sessions of an account the person named. Errors: storage-fault, key-store-unavailable. */
  countNames(accountId: string): Promise<number>;
}

/** The person's signed-in devices: listed, named and closed. What changes by an act of ours is told of. */
export function createSessionsService(deps: SessionsDeps): SessionsService {
  const { storage, signedIn, signOut, events, emit, mustShow } = deps;
  const states = new AccountState(deps, createSessionDocuments(storage));
  events.on('forgotten', ({ accountId }) => states.erase(accountId));
  const list = createSessionList({ ...deps, states });
  const closer = new SessionCloser({ signedIn, list, signOut });

  async function change(accountId: string, next: (state: SessionsState) => SessionsState): Promise<SessionsSnapshot> {
    await mustShow(accountId);
    return emitSnapshot(await list.show(accountId, await states.keep(accountId, next)));
  }

  function emitSnapshot(snapshot: SessionsSnapshot): SessionsSnapshot {
    emit('sessions.changed', snapshot);
    return snapshot;
  }

  function emitOutcome(outcome: CloseOutcome): CloseOutcome {
    if (outcome.snapshot) emitSnapshot(outcome.snapshot);
    return outcome;
  }

  return {
    handlers: {
      list: ({ accountId, from }) => list.read(accountId, from),
      close: async ({ accountId, ids }) => emitOutcome(await closer.close(accountId, new Set(ids))),
      closeOthers: async ({ accountId }) => emitOutcome(await closer.closeOthers(accountId)),
      rename: ({ accountId, sessionId, name }) =>
        change(accountId, (state) => withName(state, sessionId, cleanText(name))),
      async markSeen({ accountId }) {
        await change(accountId, withAllSeen);
        return {};
      },
    },
    countNames: async (accountId) => (await states.read(accountId)).names.size,
  };
}

function createSessionList(deps: ResourceDeps<AccountSessions, SessionsState>): SessionsResource {
  const agents = createAgentReader(parseUserAgent);
  return new CachedResource(deps, {
    ask: (account) => account.readSessions(),
    get: ({ list }) => list && { source: list.source, takenAt: list.takenAt, state: list.facts },
    set: (stored, reading) => ({ ...stored, list: toList(reading) }),
    merge: (stored, reading) => withList(stored, toList(reading)),
    async show(head, facts, stored) {
      const parsed = await agents.readAll(facts.flatMap(({ userAgent }) => userAgent ?? []));
      return { ...head, sessions: toSessions(stored, parsed) };
    },
  });
}

function toList({ source, takenAt, state }: Reading<readonly SessionFacts[]>): SessionList {
  return { source, takenAt, facts: state };
}
