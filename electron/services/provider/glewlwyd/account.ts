import { absentResources } from '../absent/absent-resources.ts';
import type { ProviderAccount } from '../provider.ts';
import type { TokenSource } from '../tokens.ts';
import { createGlewlwydDeletion } from './deletion.ts';
import { createGlewlwydEmailChange } from './person/email-change.ts';
import { createGlewlwydMfa } from './proofs/mfa.ts';
import { createGlewlwydPassword } from './proofs/password.ts';
import { createGlewlwydProfile } from './person/profile.ts';
import { createGlewlwydReauth } from './proofs/reauth.ts';
import type { Server } from './way-in/server.ts';
import { createGlewlwydSessions } from './sessions.ts';
import { signOut } from './way-in/sign-in.ts';

export function createGlewlwydAccount(server: Server, tokens: TokenSource): ProviderAccount {
  const senders = server.sendersFor(tokens);
  const send = senders.profile;
  const serverNow = () => server.now();
  const sessions = createGlewlwydSessions({ send, serverNow, cookie: () => tokens.accessToken() });
  const reauth = createGlewlwydReauth({ server, senders, tokens });
  const prove = (password: string) => reauth.reauthenticate({ kind: 'password', password });
  const { askForEmail, ...emailChange } = createGlewlwydEmailChange(senders);
  return {
    ...absentResources,
    ...createGlewlwydProfile(senders, server.config, askForEmail),
    ...emailChange,
    ...sessions,
    ...createGlewlwydPassword({ send, prove, sessions }),
    ...createGlewlwydMfa({ senders, server }),
    ...createGlewlwydDeletion(senders, server.config),
    ...reauth,
    address: server.address,
    serverNow,
    signOut: () => signOut(senders),
  };
}
