import { AppError } from '../../../../shared/contract/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { refreshDeviceGrant, type DeviceEndpoints, type DeviceGrant } from '../../openid/device-authorization.ts';
import type { Clock } from '../../ports.ts';
import type { DeviceWay, Provider, TokenWay } from '../provider.ts';
import { createSignedSender } from '../signed-sender.ts';
import { createBareSource, type FixedToken, type RefreshingTokens } from '../tokens.ts';
import { githubHeaders } from './http/headers.ts';
import { explainProblem } from './http/problem.ts';
import { askedScopes, createTokenScopes, scopesOf } from './http/scopes.ts';
import { tokensPage } from './pages.ts';
import { remotePersonSchema } from './person.ts';
import { toSite } from './site.ts';

/** Hours that a token of an app is good for, where its service does not say. */
const usualLifetimeSeconds = 28_800;

export function createGithubSignIn(
  http: HttpClient,
  clock: Pick<Clock, 'now'>,
): TokenWay & DeviceWay & Pick<Provider, 'refresh'> {
  /** Asks who it is, and reads beside that what it may do and when it ends. */
  async function readFixed(address: string, token: string): Promise<FixedToken> {
    const fixed: FixedToken = { kind: 'fixed', token, expiresAt: null, scopes: null };
    const scopes = createTokenScopes(null);
    const { api } = toSite(address);
    const send = createSignedSender(http, api, createBareSource(fixed), (refusal) =>
      explainProblem(refusal, undefined, scopes),
    );
    const request = { method: 'GET', path: '/user', headers: githubHeaders, schema: remotePersonSchema } as const;
    const { header } = await send(request);
    return {
      ...fixed,
      expiresAt: readEnd(header('github-authentication-token-expiration')),
      scopes: scopesOf(token, header('x-oauth-scopes')),
    };
  }

  function toRefreshing({ accessToken: access, refreshToken, expiresIn }: DeviceGrant): RefreshingTokens {
    if (refreshToken === undefined) throw new AppError('untrusted-answer', { reason: 'wrong-shape' });
    const expiresAt = clock.now() + (expiresIn ?? usualLifetimeSeconds) * 1_000;
    return { kind: 'refreshing', access, expiresAt, refresh: refreshToken };
  }

  return {
    pastingAt: (address) => ({ page: tokensPage(address, askedScopes), scopes: askedScopes }),
    async tokensOfPasted(address, pasted) {
      const token = pasted.trim();
      // Goes into a header: nothing but visible ASCII.
      if (!/^[\x21-\x7e]+$/.test(token)) throw refused();
      return readFixed(address, token).catch((error: unknown) => {
        throw isUnknownToken(error) ? refused() : error;
      });
    },
    deviceAt: endpointsAt,
    // An OAuth app is given a token that lasts, a GitHub App a pair that is renewed.
    tokensOfDevice: async (address, grant) =>
      grant.refreshToken === undefined ? readFixed(address, grant.accessToken) : toRefreshing(grant),
    async refresh(address, refreshToken, _attempt, clientId = '') {
      return toRefreshing(await refreshDeviceGrant({ http, endpoints: endpointsAt(address), clientId }, refreshToken));
    },
  };
}

function endpointsAt(address: string): DeviceEndpoints {
  const login = `${toSite(address).address}/login`;
  return { codes: `${login}/device/code`, tokens: `${login}/oauth/access_token`, scopes: askedScopes };
}

/** `2027-03-31 00:00:00 UTC`, or with an offset such as `+0900`; null where nothing is said, and of what is no time. */
function readEnd(header: string | undefined): number | null {
  const [, day, time, zone = 'UTC'] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?: (UTC|[+-]\d{4}))?$/.exec(header?.trim() ?? '') ?? [];
  if (day === undefined || time === undefined) return null;
  const offset = zone === 'UTC' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const end = Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(end) ? null : end;
}

function refused(): AppError {
  return new AppError('unauthenticated', { reason: 'key-refused' });
}

function isUnknownToken(error: unknown): boolean {
  return error instanceof AppError && error.details.reason === 'session-ended';
}
