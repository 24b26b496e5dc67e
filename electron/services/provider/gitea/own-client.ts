import * as z from 'zod';
import type { HttpClient } from '../../http/http-client.ts';
import type { RegistrationWay } from '../provider.ts';
import { readPages } from './http/paging.ts';
import { senderOfPasted } from './sign-in.ts';

const path = '/user/applications/oauth2';
/** What the person sees on its page of applications, and on the page that asks them. */
const wanted = { name: 'Profile Desk', confidential_client: false, redirect_uris: ['http://127.0.0.1/callback'] };

const remoteClientSchema = z.object({
  id: z.int().positive(),
  name: z.string().max(1_000),
  client_id: z.string().min(1).max(500),
  confidential_client: z.boolean(),
  redirect_uris: z.array(z.string().max(10_000)).max(1_000).nullable(),
});

/** Anybody there may add applications of their own; any port of 127.0.0.1 is taken for the one that stands there. */
export function createGiteaRegistration(http: HttpClient): RegistrationWay {
  return {
    async registerClient(address, pasted) {
      const send = senderOfPasted(http, address, pasted);
      const all = await readPages({ send, path, schema: remoteClientSchema });
      const known = all.find(
        ({ name, confidential_client: isConfidential, redirect_uris: uris }) =>
          name === wanted.name && !isConfidential && uris?.includes(wanted.redirect_uris[0] ?? ''),
      );
      if (known) return known.client_id;
      // A secret comes as well, which a public client has no use for: it is not read.
      return (await send({ method: 'POST', path, body: wanted, schema: remoteClientSchema })).body.client_id;
    },
  };
}
