import * as z from 'zod';
import { cleanShort } from '../../core/clean-text.ts';
import type { AccountSessions, SessionFacts } from '../account-sessions.ts';
import { closeOneByOne } from '../common/close-one-by-one.ts';
import { toUtc } from '../common/to-utc.ts';
import { toSegment } from '../signed-sender.ts';
import type { Senders } from './senders.ts';
import { readWhoami, remoteSessionSchema, type RemoteSession } from './session.ts';

const path = '/sessions';
/** Of an answer. */
const pageSize = 250;
const maxPages = 40;
const maxAgentLength = 1_000;
const maxAddressLength = 300;

const remotePageSchema = z.array(remoteSessionSchema).max(1_000);

export function createKratosSessions(senders: Senders): AccountSessions {
  const { session } = senders;

  /** The current one is not in it. */
  async function readOthers(): Promise<RemoteSession[]> {
    const all: RemoteSession[] = [];
    // Numbered from 1, whatever the server's own links say.
    for (let page = 1; page <= maxPages; page += 1) {
      const query = `?per_page=${pageSize}&page=${page}`;
      const { body } = await session({ method: 'GET', path: path + query, schema: remotePageSchema });
      all.push(...body);
      if (body.length < pageSize) break;
    }
    return all.filter(({ active }) => active !== false);
  }

  async function close(id: string): Promise<void> {
    await session({ method: 'DELETE', path: `${path}/${toSegment(id)}`, schema: z.unknown() });
  }

  return {
    async readSessions() {
      const [current, others] = await Promise.all([readWhoami(senders), readOthers()]);
      const rest = new Map(others.filter(({ id }) => id !== current.id).map((each) => [each.id, each]));
      return [toFacts(current, true), ...[...rest.values()].map((each) => toFacts(each, false))];
    },
    closeSessions: (ids) => closeOneByOne(ids, close),
    async closeOtherSessions() {
      await session({ method: 'DELETE', path, schema: z.unknown() });
    },
  };
}

function toFacts(session: RemoteSession, isCurrent: boolean): SessionFacts {
  // The device that it began on; a newer server may add those that it went on at.
  const [device] = session.devices ?? [];
  return {
    id: session.id,
    isCurrent,
    userAgent: device?.user_agent?.slice(0, maxAgentLength) || null,
    reported: null,
    ipAddress: toIpAddress(device?.ip_address),
    createdAt: toMoment(session.issued_at),
    lastModifiedAt: null,
    lastAuthenticatedAt: toMoment(session.authenticated_at),
    expiresAt: toMoment(session.expires_at),
    programs: [],
  };
}

function toMoment(text: string | null | undefined): string | null {
  return toUtc(Date.parse(text ?? ''));
}

/** Without a proxy before it, the server writes the port too. */
function toIpAddress(text: string | null | undefined): string | null {
  const address = cleanShort(text, maxAddressLength);
  return address.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1').replace(/^\[([^\]]+)\]:\d+$/, '$1') || null;
}
