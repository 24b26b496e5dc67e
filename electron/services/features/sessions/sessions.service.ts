import type { AppContract } from '../../../../shared/contract/index.ts';
import type { SessionsSnapshot } from '../../../../shared/contract/account/sessions.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import { createAgentReader } from './agent-reader.ts';
import { parseUserAgent } from './agent/parse-user-agent.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { AccountSessions, SessionFacts } from '../../provider/account-sessions.ts';
import { AccountState, type AccountStateParts } from '../../resources/account-state.ts';
import { CachedResource, type Reading, type ResourceParts } from '../../resources/cached-resource.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import {
  SessionCloser,
  type CloseOutcome,
  type SessionCloserOptions,
  type SessionsResource,
} from './session-closer.ts';
import { createSessionDocuments } from './session-documents.ts';
import { withAllSeen, withList, withName, type SessionList, type SessionsState } from './sessions-state.ts';
import { toSessions } from './to-sessions.ts';

export interface SessionsOptions
  extends
    AccountStateParts,
    Omit<ResourceParts<AccountSessions, SessionsState>, 'kept'>,
    Pick<SessionCloserOptions, 'signOut'> {
  readonly storage: SealedStorage;
  readonly events: Pick<ServiceEmitter, 'on'>;
  readonly emit: (channel: 'sessions.changed', payload: SessionsSnapshot) => void;
}

export interface SessionsService {
  readonly handlers: Handlers<AppContract>['sessions'];
  /** How many sessions of a connection the person named. Errors: storage-fault, key-store-unavailable. */
  countNames(connectionId: string): Promise<number>;
}

/** The person's signed-in devices: listed, named and closed. What changes by an act of ours is told of. */
export function createSessionsService(options: SessionsOptions): SessionsService {
  const { storage, signedIn, signOut, events, emit } = options;
  const kept = new AccountState(options, createSessionDocuments(storage));
  events.on('forgotten', ({ connectionId }) => kept.forget(connectionId));
  const list = createSessionList({ ...options, kept });
  const closer = new SessionCloser({ signedIn, list, signOut });

  async function change(
    connectionId: string,
    next: (state: SessionsState) => SessionsState,
  ): Promise<SessionsSnapshot> {
    await list.mustShow(connectionId);
    return announce(await list.show(connectionId, await kept.keep(connectionId, next)));
  }

  function announce(snapshot: SessionsSnapshot): SessionsSnapshot {
    emit('sessions.changed', snapshot);
    return snapshot;
  }

  function announceOutcome(outcome: CloseOutcome): CloseOutcome {
    if (outcome.snapshot) announce(outcome.snapshot);
    return outcome;
  }

  return {
    handlers: {
      list: ({ connectionId, from }) => list.read(connectionId, from),
      close: async ({ connectionId, ids }) => announceOutcome(await closer.close(connectionId, new Set(ids))),
      closeOthers: async ({ connectionId }) => announceOutcome(await closer.closeOthers(connectionId)),
      rename: ({ connectionId, sessionId, name }) =>
        change(connectionId, (state) => withName(state, sessionId, cleanText(name))),
      async markSeen({ connectionId }) {
        await change(connectionId, withAllSeen);
        return {};
      },
    },
    countNames: async (connectionId) => (await kept.read(connectionId)).names.size,
  };
}

function createSessionList(parts: ResourceParts<AccountSessions, SessionsState>): SessionsResource {
  const agents = createAgentReader(parseUserAgent);
  return new CachedResource(parts, {
    ask: (account) => account.readSessions(),
    get: ({ list }) => list && { source: list.source, takenAt: list.takenAt, state: list.facts },
    set: (kept, reading) => ({ ...kept, list: toList(reading) }),
    merge: (kept, reading) => withList(kept, toList(reading)),
    async show(head, facts, kept) {
      const told = await agents.readAll(facts.flatMap(({ userAgent }) => userAgent ?? []));
      return { ...head, sessions: toSessions(kept, told) };
    },
  });
}

function toList({ source, takenAt, state }: Reading<readonly SessionFacts[]>): SessionList {
  return { source, takenAt, facts: state };
}
