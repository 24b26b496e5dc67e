import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { cleanShort } from '../../core/clean-text.ts';
import type { AccountSessions, Agent, OpenSession, SessionFacts } from '../account-sessions.ts';
import type { SignedSender } from '../signed-sender.ts';
import { explainProblem } from './problem.ts';

// No transforms in here: with 10,000 sessions they cost ten times what the checks do. The map does that work. It also
// cuts what is too long: whoever signs in chooses such texts, and must not blind the owner to the whole list by one of
// them.

const instant = z.iso.datetime({ offset: true }).nullish();
const optionalText = z.string().nullish();
const nameAndVersion = z.object({ name: optionalText, version: optionalText }).nullish();

const remoteSessionSchema = z.object({
  id: z.string().min(1).max(200),
  current: z.boolean(),
  userAgent: optionalText,
  ipAddress: optionalText,
  createdAt: instant,
  lastModifiedAt: instant,
  lastAuthenticatedAt: instant,
  expiresAt: instant,
  browser: nameAndVersion,
  os: nameAndVersion,
  device: z.object({ vendor: optionalText, model: optionalText, type: optionalText }).nullish(),
  engine: nameAndVersion,
  cpu: optionalText,
});

const remoteSessionsSchema = z.object({
  sessions: z
    .array(remoteSessionSchema)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'an id twice')
    .refine((all) => all.filter(({ current }) => current).length <= 1, 'two current sessions'),
});

/** Who is not named here is closed: the list that is read afterwards shows whether that is true. */
const remoteClosedSchema = z.object({
  results: z
    .array(
      z.object({
        id: z.string().max(200),
        closed: z.boolean(),
        code: z.string().max(100).optional(),
        permission: z.string().max(200).optional(),
      }),
    )
    .max(20_000),
});

type RemoteSession = z.infer<typeof remoteSessionSchema>;
type RemoteClosed = z.infer<typeof remoteClosedSchema>['results'][number];

/** Characters kept of a User-Agent; no real one is as long. */
const maxAgentLength = 1_000;
/** Characters of every other text. */
const maxTextLength = 300;
/** Sessions of a list; nobody looks through more. */
const maxSessions = 20_000;

/** The first ones of the list, and the current one in any case. */
function toSessionList(sessions: readonly RemoteSession[]): SessionFacts[] {
  const first = sessions.slice(0, maxSessions);
  const current = sessions.slice(maxSessions).find((session) => session.current);
  return (current ? [...first.slice(0, -1), current] : first).map(toSessionFacts);
}

function toSessionFacts(remote: RemoteSession): SessionFacts {
  return {
    id: remote.id,
    isCurrent: remote.current,
    userAgent: remote.userAgent?.slice(0, maxAgentLength) ?? null,
    reported: toAgent(remote),
    ipAddress: known(remote.ipAddress),
    createdAt: toUtc(remote.createdAt),
    lastModifiedAt: toUtc(remote.lastModifiedAt),
    lastAuthenticatedAt: toUtc(remote.lastAuthenticatedAt),
    expiresAt: toUtc(remote.expiresAt),
    programs: [],
  };
}

/** The reason of each that stays open: a row is a problem of its own (RFC 9457). */
function toOpenSession(row: RemoteClosed): OpenSession {
  const error = row.code === undefined ? undefined : explainProblem({ status: 403, retryAfter: undefined, body: row });
  return { id: row.id, error: error ?? { code: 'forbidden' } };
}

function toAgent({ browser, os, device, engine, cpu }: RemoteSession): Agent | null {
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

/**
 * RFC 3339 in UTC, to the millisecond, so that instants order like their texts. A year that UTC writes with more digits
 * is unknown.
 */
function toUtc(instant: string | null | undefined): string | null {
  if (!instant) return null;
  if (instant.length === canonical.length && instant.endsWith('Z')) return instant;
  const utc = new Date(instant).toISOString();
  return utc.length === canonical.length ? utc : null;
}

function known(text: string | null | undefined): string | null {
  return cleanShort(text, maxTextLength) || null;
}

/** Bytes: 20,000 sessions with long User-Agents. */
const largestList = 20_000_000;
/** Ids a request, so that even the longest fit into the server's 1 MiB. */
const idsAtOnce = 1_000;

export function createReferenceSessions(send: SignedSender): AccountSessions {
  async function closeSome(ids: readonly string[]): Promise<OpenSession[]> {
    const headers = { 'Idempotency-Key': randomUUID() };
    const { body } = await send({
      method: 'POST',
      path: '/me/sessions/close',
      headers,
      body: { ids },
      schema: remoteClosedSchema,
    });
    return body.results.filter(({ closed }) => !closed).map(toOpenSession);
  }

  return {
    async readSessions() {
      const { body } = await send({
        method: 'GET',
        path: '/me/sessions',
        schema: remoteSessionsSchema,
        maxBody: largestList,
      });
      return toSessionList(body.sessions);
    },
    async closeSessions(ids) {
      const open: OpenSession[] = [];
      for (let start = 0; start < ids.length; start += idsAtOnce)
        open.push(...(await closeSome(ids.slice(start, start + idsAtOnce))));
      return open;
    },
    async closeOtherSessions() {
      const headers = { 'Idempotency-Key': randomUUID() };
      await send({ method: 'POST', path: '/me/sessions/close-others', headers, schema: z.unknown() });
    },
  };
}
