import type { Agent } from '../../sessions/agent/agent.ts';
import { cleanText } from '../../sessions/agent/tidy.ts';
import type { OpenSession, SessionFacts } from '../account-sessions.ts';
import { explainProblem } from './explain-problem.ts';
import type { RemoteClosed, RemoteSession } from './sessions.remote.ts';

export function toSessionFacts(remote: RemoteSession): SessionFacts {
  return {
    id: remote.id,
    isCurrent: remote.current,
    userAgent: remote.userAgent ?? null,
    told: toTold(remote),
    ipAddress: known(remote.ipAddress),
    createdAt: remote.createdAt ?? null,
    lastModifiedAt: remote.lastModifiedAt ?? null,
    lastAuthenticatedAt: remote.lastAuthenticatedAt ?? null,
    expiresAt: remote.expiresAt ?? null,
  };
}

/** The reason of each that stays open: a row is a problem of its own (RFC 9457). */
export function toOpenSession(row: RemoteClosed): OpenSession {
  const error = explainProblem({ status: 403, retryAfter: undefined, body: row });
  return { id: row.id, error: error ?? { code: 'forbidden' } };
}

function toTold({ browser, os, device, engine, cpu }: RemoteSession): Agent | null {
  if (!browser && !os && !device && !engine && !cpu) return null;
  return {
    browser: { name: known(browser?.name), version: known(browser?.version) },
    os: { name: known(os?.name), version: known(os?.version) },
    device: { vendor: known(device?.vendor), model: known(device?.model), type: known(device?.type) },
    engine: { name: known(engine?.name), version: known(engine?.version) },
    cpu: known(cpu),
  };
}

function known(text: string | null | undefined): string | null {
  return cleanText(text ?? '') || null;
}
