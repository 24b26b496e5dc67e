import * as z from 'zod';
import type { SignedSender } from '../signed-sender.ts';

const text = z.string().max(10_000);

export const remotePersonSchema = z.object({
  id: z.int().positive(),
  login: z.string().min(1).max(200),
  name: text.nullish(),
  company: text.nullish(),
  /** The public one. */
  email: text.nullish(),
  avatar_url: text.nullish(),
  blog: text.nullish(),
  location: text.nullish(),
  bio: text.nullish(),
  twitter_username: text.nullish(),
  hireable: z.boolean().nullish(),
  created_at: z.iso.datetime({ offset: true }).nullish(),
  /** Told to who holds the scope `user` alone. */
  two_factor_authentication: z.boolean().nullish(),
});
export type RemotePerson = z.infer<typeof remotePersonSchema>;

export async function readPerson(send: SignedSender): Promise<RemotePerson> {
  return (await send({ method: 'GET', path: '/user', schema: remotePersonSchema })).body;
}

/** The number of the person: their name can change. */
export function idOf({ id }: Pick<RemotePerson, 'id'>): string {
  return String(id);
}
