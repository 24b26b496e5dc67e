import * as z from 'zod';
import type { SignedSender } from '../signed-sender.ts';

const text = z.string().max(10_000);

const remotePersonSchema = z.object({
  id: z.int().positive(),
  login: z.string().min(1).max(200),
  full_name: text,
  email: text,
  avatar_url: text.nullish(),
  website: text.nullish(),
  location: text.nullish(),
  description: text.nullish(),
  /** Forgejo alone. */
  pronouns: text.nullish(),
  created: z.iso.datetime({ offset: true }).nullish(),
});
export type RemotePerson = z.infer<typeof remotePersonSchema>;

export async function readPerson(send: SignedSender): Promise<RemotePerson> {
  return (await send({ method: 'GET', path: '/user', schema: remotePersonSchema })).body;
}

/** The number of the person: their name can change. */
export function idOf({ id }: Pick<RemotePerson, 'id'>): string {
  return String(id);
}
