import * as z from 'zod';
import type { HttpClient } from '../../http/http-client.ts';
import type { Account, AccountCalls, TokenSource } from '../provider.ts';
import { remoteAccountSchema } from './meta.remote.ts';
import { createReferenceDeletion } from './reference-deletion.ts';
import { createReferenceEmailChange } from './reference-email-change.ts';
import { createReferenceApi } from './reference-api.ts';
import { createReferenceIdentityKeys } from './reference-identity-keys.ts';
import { createReferenceKeys } from './reference-keys.ts';
import { createReferenceProfile } from './reference-profile.ts';
import { createReferenceIdentities } from './reference-identities.ts';
import { createReferenceProtection } from './reference-protection.ts';
import { createReferenceSessions } from './reference-sessions.ts';
import { createSignedSender, type SignedSender } from './signed-sender.ts';

export function createReferenceAccount(http: HttpClient, address: string, tokens: TokenSource): Account {
  const send = createSignedSender(http, address, tokens);
  const build = (sender: SignedSender) => createCalls(sender, http, address);
  return { ...build(send), ...createReferenceApi(address, send, build) };
}

function createCalls(send: SignedSender, http: HttpClient, address: string): AccountCalls {
  return {
    ...createReferenceProfile(send),
    ...createReferenceProtection(send, () => http.serverNow(address)),
    ...createReferenceSessions(send),
    ...createReferenceDeletion(send),
    ...createReferenceEmailChange(send),
    ...createReferenceKeys(send, http, address),
    ...createReferenceIdentities(send, address),
    ...createReferenceIdentityKeys(send, address),
    async accountId() {
      // Not from the profile: an account that has to turn MFA on first may not read it yet.
      return (await send({ method: 'GET', path: '/meta', schema: remoteAccountSchema })).body.accountId;
    },
    async signOut() {
      await send({ method: 'POST', path: '/auth/sign-out', schema: z.unknown() });
    },
  };
}
