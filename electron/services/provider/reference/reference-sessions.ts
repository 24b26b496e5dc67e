import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { AccountSessions, OpenSession } from '../account-sessions.ts';
import { toOpenSession, toSessionList } from './map-session.ts';
import { remoteClosedSchema, remoteSessionsSchema } from './sessions.remote.ts';
import type { SignedSender } from './signed-sender.ts';

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
