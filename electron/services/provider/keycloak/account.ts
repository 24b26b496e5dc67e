import * as z from 'zod';
import type { HttpClient } from '../../http/http-client.ts';
import type { DiscoveredProvider } from '../../openid/authorization.ts';
import { absentResources } from '../absent/absent-resources.ts';
import type { ProviderAccount } from '../provider.ts';
import { createSignedSender } from '../signed-sender.ts';
import type { TokenSource } from '../tokens.ts';
import { createKeycloakHandOff } from './hand-off.ts';
import { createKeycloakProfile } from './profile.ts';

export interface KeycloakAccountDeps {
  readonly http: HttpClient;
  /** The realm's issuer. */
  readonly address: string;
  readonly tokens: TokenSource;
  /** For its pages, as the client that the person signed in with. */
  readonly server: () => Promise<DiscoveredProvider>;
}

const remoteDevicesSchema = z.array(
  z.object({ sessions: z.array(z.object({ id: z.string().min(1).max(200), current: z.boolean().optional() })) }),
);

/** What is not here yet is absent: see docs/providers/README.md. */
export function createKeycloakAccount({ http, address, tokens, server }: KeycloakAccountDeps): ProviderAccount {
  const send = createSignedSender(http, address, tokens);
  return {
    ...absentResources,
    ...createKeycloakProfile(send, address),
    ...createKeycloakHandOff(send, server),
    address,
    /** The browser's session is the same one, so it is over there too. */
    async signOut() {
      const { body } = await send({ method: 'GET', path: '/account/sessions/devices', schema: remoteDevicesSchema });
      const current = body.flatMap(({ sessions }) => sessions).find((session) => session.current);
      if (!current) return;
      const path = `/account/sessions/${encodeURIComponent(current.id)}`;
      await send({ method: 'DELETE', path, schema: z.unknown() });
    },
  };
}
