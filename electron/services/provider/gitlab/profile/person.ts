import * as z from 'zod';
import type { SignedSender } from '../../signed-sender.ts';

const text = z.string().max(10_000);

const remotePersonSchema = z.object({
  id: z.int().positive(),
  username: z.string().min(1).max(255),
  name: text,
  /** The primary one, which the list of addresses leaves out. */
  email: text.nullish(),
  avatar_url: text.nullish(),
  created_at: z.iso.datetime({ offset: true }).nullish(),
  /** When the primary address was confirmed. */
  confirmed_at: z.iso.datetime({ offset: true }).nullish(),
  bio: text.nullish(),
  location: text.nullish(),
  website_url: text.nullish(),
  organization: text.nullish(),
  job_title: text.nullish(),
  pronouns: text.nullish(),
  two_factor_enabled: z.boolean().nullish(),
  identities: z
    .array(z.object({ provider: text, extern_uid: text.nullish() }))
    .max(200)
    .nullish(),
});
export type RemotePerson = z.infer<typeof remotePersonSchema>;

export async function readPerson(send: SignedSender): Promise<RemotePerson> {
  return (await send({ method: 'GET', path: '/user', schema: remotePersonSchema })).body;
}

/** The number of the person: their name can change. */
export function idOf({ id }: Pick<RemotePerson, 'id'>): string {
  return String(id);
}
