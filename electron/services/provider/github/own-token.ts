import * as z from 'zod';
import type { HttpClient } from '../../http/http-client.ts';
import type { ProviderAccount } from '../provider.ts';
import type { TokenSource } from '../tokens.ts';
import { githubHeaders } from './http/headers.ts';
import type { Site } from './site.ts';

interface OwnTokenDeps {
  readonly http: HttpClient;
  readonly site: Site;
  readonly tokens: Pick<TokenSource, 'accessToken' | 'refreshToken'>;
  /** The app was given it by a code: nobody else uses it. */
  readonly isGranted: boolean;
}

/** The token that the app uses, at the service, where any token can be made void by who has it. */
export function createGithubOwnToken({
  http,
  site,
  tokens,
  isGranted,
}: OwnTokenDeps): Pick<ProviderAccount, 'signOut' | 'revokeToken'> {
  async function revokeToken(): Promise<void> {
    const token = await tokens.accessToken();
    // Of a pair, the second one would go on giving others.
    const refreshToken = await tokens.refreshToken?.();
    const credentials = refreshToken === undefined ? [token] : [token, refreshToken];
    // github.com refuses who is signed in for it, a server who is not; an older one has no such route.
    const headers = { ...githubHeaders, ...(!site.isPublic && { Authorization: `Bearer ${token}` }) };
    const request = { method: 'POST', url: `${site.api}/credentials/revoke`, headers } as const;
    await http.send({ ...request, body: { credentials }, schema: z.unknown() });
  }
  return { revokeToken, signOut: () => (isGranted ? revokeToken() : Promise.resolve()) };
}
