import { createHash, getHashes } from 'node:crypto';
import * as z from 'zod';
import { cleanShort } from '../../core/clean-text.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountSessions, OpenSession, SessionFacts } from '../account-sessions.ts';
import { closeOneByOne } from '../common/close-one-by-one.ts';
import { secondsToUtc } from '../common/to-utc.ts';
import { toSegment, type SignedSender } from '../signed-sender.ts';
import { valueOf } from './way-in/cookie.ts';

/** Seconds since the epoch. */
const seconds = z.number();

// Whoever signs in chooses the texts, so what is too long is cut by the map, not refused by the schema.
const remoteSessionSchema = z.object({
  user_agent: z.string().nullish(),
  issued_for: z.string().nullish(),
  expiration: seconds,
  last_login: seconds.nullish(),
  enabled: z.boolean(),
  session_hash: z.string().min(1).max(200),
});
const remotePageSchema = z.array(remoteSessionSchema).max(1_000);

type RemoteSession = z.infer<typeof remoteSessionSchema>;

export interface SessionsDeps {
  /** With the scope of the profile. */
  readonly send: SignedSender;
  /** Of this session. */
  readonly cookie: () => Promise<string>;
  /** Milliseconds since the epoch, by the server's clock. */
  readonly serverNow: () => Promise<number>;
}

const path = '/profile/session';
/** Sessions of an answer; the server's own limit. */
const pageSize = 100;
/** Sessions of a list, with those that ended: the server never forgets one. */
const maxListed = 20_000;
const maxAgentLength = 1_000;
const maxTextLength = 300;

export function createGlewlwydSessions(deps: SessionsDeps): AccountSessions {
  const { send } = deps;

  async function readSessions(): Promise<SessionFacts[]> {
    const [open, cookie] = await Promise.all([readOpen(deps), deps.cookie()]);
    const own = findOwn(open, cookie);
    return open.map((session) => toSessionFacts(session, session === own));
  }

  const closeSessions = (ids: readonly string[]): Promise<OpenSession[]> => closeOneByOne(ids, close);

  async function close(id: string): Promise<void> {
    try {
      await send({ method: 'DELETE', path: `${path}/${toSegment(id)}`, schema: z.unknown() });
    } catch (error) {
      // Not in the list any more: closed.
      if (!(error instanceof AppError) || error.code !== 'not-offered') throw error;
    }
  }

  return {
    readSessions,
    closeSessions,
    /** One by one: the request that ends all ends this one too. */
    async closeOtherSessions() {
      const all = await readSessions();
      // Which one not to end is not known then.
      if (!all.some(({ isCurrent }) => isCurrent)) throw new AppError('not-offered');
      const [first] = await closeSessions(all.filter(({ isCurrent }) => !isCurrent).map(({ id }) => id));
      if (first) throw AppError.fromShape(first.error);
    },
  };
}

/**
 * When the session of this cookie ends, milliseconds since the epoch by the server's clock. Errors: as readSessions.
 */
export async function readSessionEnd(deps: SessionsDeps): Promise<number | undefined> {
  const own = findOwn(await readOpen(deps), await deps.cookie());
  return own && own.expiration * 1_000;
}

/** Without those that ended or expired. */
async function readOpen({ send, serverNow }: SessionsDeps): Promise<RemoteSession[]> {
  const all: RemoteSession[] = [];
  for (let offset = 0; offset < maxListed; offset += pageSize) {
    const page = `${path}?offset=${offset}&limit=${pageSize}`;
    const { body } = await send({ method: 'GET', path: page, schema: remotePageSchema });
    all.push(...body);
    if (body.length < pageSize) break;
  }
  const now = await serverNow();
  const open = all.filter(({ enabled, expiration }) => enabled && expiration * 1_000 > now);
  return [...new Map(open.map((session) => [session.session_hash, session])).values()];
}

/** The server does not say which one it is, but a hash of each cookie: `{SHA512}` and Base64url. */
function findOwn(sessions: readonly RemoteSession[], cookie: string): RemoteSession | undefined {
  return sessions.find(({ session_hash }) => {
    const [, algorithm, hash] = /^\{(\w{1,20})\}(.+)$/.exec(session_hash) ?? [];
    const name = algorithm === 'SHA' ? 'sha1' : (algorithm ?? '').toLowerCase();
    return getHashes().includes(name) && createHash(name).update(valueOf(cookie)).digest('base64url') === hash;
  });
}

function toSessionFacts(session: RemoteSession, isCurrent: boolean): SessionFacts {
  return {
    id: session.session_hash,
    isCurrent,
    userAgent: session.user_agent?.slice(0, maxAgentLength) || null,
    reported: null,
    ipAddress: toIpAddress(session.issued_for),
    createdAt: null,
    lastModifiedAt: null,
    lastAuthenticatedAt: secondsToUtc(session.last_login),
    expiresAt: secondsToUtc(session.expiration),
    programs: [],
  };
}

/** `address - address that a proxy forwarded`, mostly the same twice. */
function toIpAddress(issuedFor: string | null | undefined): string | null {
  const clean = cleanShort(issuedFor, maxTextLength);
  return [...new Set(clean.split(' - '))].join(' - ') || null;
}
