import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { isOutcomeUnknown } from '../outcome.ts';
import type { AccountSessions } from '../account-sessions.ts';
import type { TokenSource } from '../tokens.ts';

/**
 * By the refresh token, which takes no role and is one request; by the account API where that is refused. The browser's
 * session is the same one, so it is over there too. Nothing else may be under way for it meanwhile: a request that is
 * answered after the end brings the session back (26.7.3), as one would that a refused try had caused.
 */
export async function endOwnSession(sessions: AccountSessions, logOutBy: () => Promise<void>): Promise<void> {
  try {
    await logOutBy();
  } catch (error) {
    if (!(error instanceof AppError) || isOutcomeUnknown(error)) throw error;
    await closeCurrent(sessions);
  }
}

async function closeCurrent(sessions: AccountSessions): Promise<void> {
  const current = (await sessions.readSessions()).find(({ isCurrent }) => isCurrent);
  const [open] = current ? await sessions.closeSessions([current.id]) : [];
  if (open) throw AppError.fromShape(open.error);
}

/**
 * Keycloak's own logout, older than the standard one: the refresh token stands for the session. Errors: forbidden
 * without one.
 */
export async function logOut(
  http: HttpClient,
  issuer: string,
  clientId: string,
  tokens: Pick<TokenSource, 'refreshToken'>,
): Promise<void> {
  const token = await tokens.refreshToken?.();
  if (token === undefined) throw new AppError('forbidden');
  await http.send({
    method: 'POST',
    url: `${issuer}/protocol/openid-connect/logout`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: clientId, refresh_token: token }),
    schema: z.unknown(),
  });
}
