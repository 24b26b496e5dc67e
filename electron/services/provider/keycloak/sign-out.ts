import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { AccountSessions } from '../account-sessions.ts';
import type { TokenSource } from '../tokens.ts';

/**
 * By the account API, as Keycloak recommends, and by `logOutBy` for a person who may not there, or where the list lacks
 * the session: it may be younger than the list. The browser's session is the same one, so it is over there too.
 */
export async function endOwnSession(sessions: AccountSessions, logOutBy: () => Promise<void>): Promise<void> {
  if (!(await closeCurrent(sessions))) await logOutBy();
}

async function closeCurrent(sessions: AccountSessions): Promise<boolean> {
  try {
    const current = (await sessions.readSessions()).find(({ isCurrent }) => isCurrent);
    const [open] = current ? await sessions.closeSessions([current.id]) : [];
    if (open) throw AppError.fromShape(open.error);
    return current !== undefined;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'forbidden') throw error;
    return false;
  }
}

/**
 * Keycloak's own logout, older than the standard one, needs no role: the refresh token stands for the session. Errors:
 * forbidden without one.
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
