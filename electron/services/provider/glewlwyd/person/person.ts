import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { SignedSender } from '../../signed-sender.ts';

const text = z.string().max(10_000);

/** The person's own record. What is not named here is a property that the administrator defined, as `picture` is. */
const remotePersonSchema = z.looseObject({
  username: z.string().min(1).max(200),
  name: text.nullish(),
  email: text.nullish(),
  scope: z.array(z.string().min(1).max(200)).max(1_000).default([]),
});

/** Several may share one cookie; the first is the current one. */
const remotePeopleSchema = z.tuple([remotePersonSchema]).rest(z.unknown());

export type RemotePerson = z.infer<typeof remotePersonSchema>;

/** Bytes: a picture is a property, and a request of the server's usual size can hold one of 12 MB. */
export const largestPerson = 20_000_000;

/** Any session may read it. */
export async function readPerson(send: SignedSender): Promise<RemotePerson> {
  const request = { path: '/profile_list', schema: remotePeopleSchema, maxBody: largestPerson };
  return (await send({ ...request, method: 'GET' })).body[0];
}

/** Not a property, and not to be written. */
const fixed = new Set(['username', 'name', 'email', 'scope', 'enabled', 'last_login']);

/** A write deletes each of these that it does not repeat. */
export function propertiesOf(person: RemotePerson): Record<string, unknown> {
  return Object.fromEntries(Object.entries(person).filter(([name]) => !fixed.has(name)));
}

/** The server names no states, so this is a hash of all that a person can change. */
export function revisionOf(person: RemotePerson): string {
  const { name = null, email = null } = person;
  const properties = Object.entries(propertiesOf(person)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([name, email, properties]))
    .digest('base64url');
}
