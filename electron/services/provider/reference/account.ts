import * as z from 'zod';
import type { HttpClient } from '../../http/http-client.ts';
import type { ProviderAccount, AccountCalls } from '../provider.ts';
import type { TokenSource } from '../tokens.ts';
import { absentResources } from '../absent/absent-resources.ts';
import { createSignedSender, type SignedSender } from '../signed-sender.ts';
import { createReferenceDeletion } from './deletion.ts';
import { createReferenceEmailChange } from './email-change.ts';
import { createReferenceLinkedAccounts } from './linked-accounts.ts';
import { createReferenceSshKeys } from './ssh-keys.ts';
import { createReferenceKeys } from './keys.ts';
import { createReferenceApi } from './api/prepare.ts';
import { createReferenceProfile } from './profile.ts';
import { explainProblem } from './problem.ts';
import { createReferenceProtection } from './protection.ts';
import { createReferenceSessions } from './sessions.ts';

export function createReferenceAccount(http: HttpClient, address: string, tokens: TokenSource): ProviderAccount {
  const send = createSignedSender(http, address, tokens, explainProblem);
  const build = (sender: SignedSender) => createCalls(sender, http, address);
  return { ...build(send), ...createReferenceApi(address, send, build) };
}

function createCalls(send: SignedSender, http: HttpClient, address: string): AccountCalls {
  return {
    ...absentResources,
    ...createReferenceProfile(send),
    ...createReferenceProtection(send, () => http.serverNow(address)),
    ...createReferenceSessions(send),
    ...createReferenceDeletion(send),
    ...createReferenceEmailChange(send),
    ...createReferenceKeys(send, http, address),
    ...createReferenceLinkedAccounts(send, address),
    ...createReferenceSshKeys(send, address),
    async signOut() {
      await send({ method: 'POST', path: '/auth/sign-out', schema: z.unknown() });
    },
  };
}
