import type { Agent } from '../agent.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { OpenSession, SessionFacts } from '../account-sessions.ts';
import { explainProblem } from './explain-problem.ts';
import type { RemoteClosed, RemoteSession } from './sessions.remote.ts';

/** Characters kept of a User-Agent; no real one is as long. */
const agentKept = 1_000;
/** Characters of every other text. */
const textKept = 300;
/** Sessions of a list; nobody looks through more. */
const most = 20_000;

/** The first ones of the list, and the current one in any case. */
export function toSessionList(sessions: readonly RemoteSession[]): SessionFacts[] {
  const first = sessions.slice(0, most);
  const current = sessions.slice(most).find((session) => session.current);
  return (current ? [...first.slice(0, -1), current] : first).map(toSessionFacts);
}

function toSessionFacts(remote: RemoteSession): SessionFacts {
  return {
    id: remote.id,
    isCurrent: remote.current,
    userAgent: remote.userAgent?.slice(0, agentKept) ?? null,
    told: toTold(remote),
    ipAddress: known(remote.ipAddress),
    createdAt: toUtc(remote.createdAt),
    lastModifiedAt: toUtc(remote.lastModifiedAt),
    lastAuthenticatedAt: toUtc(remote.lastAuthenticatedAt),
    expiresAt: toUtc(remote.expiresAt),
  };
}

/** The reason of each that stays open: a row is a problem of its own (RFC 9457). */
export function toOpenSession(row: RemoteClosed): OpenSession {
  const error = row.code === undefined ? undefined : explainProblem({ status: 403, retryAfter: undefined, body: row });
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

const canonical = '2026-01-31T12:00:00.000Z';

/** RFC 3339 in UTC, to the millisecond, so that instants order like their texts. A year that UTC writes with more digits is unknown. */
function toUtc(instant: string | null | undefined): string | null {
  if (!instant) return null;
  if (instant.length === canonical.length && instant.endsWith('Z')) return instant;
  const utc = new Date(instant).toISOString();
  return utc.length === canonical.length ? utc : null;
}

function known(text: string | null | undefined): string | null {
  // Cut before, so that a text of megabytes costs nothing, and after, as composing may lengthen it.
  return cleanText((text ?? '').slice(0, textKept)).slice(0, textKept) || null;
}
