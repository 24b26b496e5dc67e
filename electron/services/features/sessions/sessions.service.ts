import type { AppContract } from '../../../../shared/contract/index.ts';
import type { SessionsSnapshot } from '../../../../shared/contract/sessions.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import { createAgentReader } from './agent-reader.ts';
import { parseUserAgent } from './agent/parse-user-agent.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import { cleanText } from '../../core/clean-text.ts';
import { KeptSessions, type KeptSessionsOptions } from './kept-sessions.ts';
import { SessionCloser, type CloseOutcome, type SessionCloserOptions } from './session-closer.ts';
import { SessionReader, type SessionReaderOptions } from './session-reader.ts';
import type { SessionsState } from './sessions-state.ts';

export type SessionsOptions = KeptSessionsOptions &
  Omit<SessionReaderOptions, 'kept' | 'agents'> &
  Pick<SessionCloserOptions, 'signOut'> & {
    readonly events: Pick<ServiceEmitter, 'on'>;
    readonly emit: (channel: 'sessions.changed', payload: SessionsSnapshot) => void;
  };

export interface SessionsService {
  readonly handlers: Handlers<AppContract>['sessions'];
  /** How many sessions of a connection the person named. Errors: storage-fault, key-store-unavailable. */
  countNames(connectionId: string): Promise<number>;
}

/** The person's signed-in devices: listed, named and closed. What changes by an act of ours is told of. */
export function createSessionsService(options: SessionsOptions): SessionsService {
  const { live, signOut, events, emit } = options;
  const kept = new KeptSessions(options);
  events.on('forgotten', ({ connectionId }) => kept.forget(connectionId));
  const reader = new SessionReader({ ...options, kept, agents: createAgentReader(parseUserAgent) });
  const closer = new SessionCloser({ live, reader, signOut });

  async function change(connectionId: string, act: () => Promise<SessionsState>): Promise<SessionsSnapshot> {
    await reader.mustShow(connectionId);
    return announce(await reader.show(connectionId, await act()));
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
      list: ({ connectionId, from }) => (from === 'cache' ? reader.readKept(connectionId) : reader.read(connectionId)),
      close: async ({ connectionId, ids }) => announceOutcome(await closer.close(connectionId, new Set(ids))),
      closeOthers: async ({ connectionId }) => announceOutcome(await closer.closeOthers(connectionId)),
      rename: ({ connectionId, sessionId, name }) =>
        change(connectionId, () => kept.putName(connectionId, sessionId, cleanText(name))),
      async markSeen({ connectionId }) {
        await change(connectionId, () => kept.markSeen(connectionId));
        return {};
      },
    },
    countNames: async (connectionId) => (await kept.read(connectionId)).names.size,
  };
}
