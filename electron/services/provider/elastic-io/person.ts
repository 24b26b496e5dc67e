import * as z from 'zod';
import type { SignedSender } from '../signed-sender.ts';

const text = z.string().max(10_000);

const remotePersonSchema = z.object({
  data: z.object({
    id: z.string().min(1).max(200),
    attributes: z.object({
      first_name: text,
      last_name: text,
      email: text,
      /** In the introduction of the API's documentation, and not where it lists the fields. */
      company: text.nullish(),
      registered: z.iso.datetime({ offset: true }).nullish(),
    }),
  }),
});

export type RemotePerson = z.infer<typeof remotePersonSchema>['data']['attributes'] & { readonly id: string };

export async function readPerson(send: SignedSender): Promise<RemotePerson> {
  const { data } = (await send({ method: 'GET', path: '/users/me', schema: remotePersonSchema })).body;
  return { id: data.id, ...data.attributes };
}
