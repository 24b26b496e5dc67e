import { absentResources } from '../absent/absent-resources.ts';
import type { ProviderAccount } from '../provider.ts';
import type { TokenSource } from '../tokens.ts';
import { createGlewlwydProfile } from './profile.ts';
import { createGlewlwydReauth } from './reauth.ts';
import type { Server } from './server.ts';
import { createGlewlwydSessions } from './sessions.ts';
import { signOut } from './sign-in.ts';

export function createGlewlwydAccount(server: Server, tokens: TokenSource): ProviderAccount {
  const senders = server.sendersFor(tokens);
  return {
    ...absentResources,
    ...createGlewlwydProfile(senders, server.config),
    ...createGlewlwydSessions({
      send: senders.profile,
      cookie: () => tokens.accessToken(),
      serverNow: () => server.now(),
    }),
    ...createGlewlwydReauth({ server, senders, tokens }),
    address: server.address,
    serverNow: () => server.now(),
    signOut: () => signOut(senders),
  };
}
