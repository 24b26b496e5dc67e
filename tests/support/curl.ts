import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { SignInAnswer } from '../../server/features/auth/auth.schemas.ts';

// Another client than ours: the real curl.

export interface Credentials {
  readonly identifier: string;
  readonly password: string;
}

export interface OtherSession {
  readonly sessionId: string;
  readonly accessToken: string;
}

async function curl(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('curl', ['--silent', '--show-error', ...args]);
  return stdout;
}

/** What the server at `address` answers to a name and a password. */
export async function trySignInByCurl(
  address: string,
  { identifier, password }: Credentials,
  userAgent?: string,
): Promise<SignInAnswer | { code: string; status: number }> {
  const agent = userAgent === undefined ? [] : ['--user-agent', userAgent];
  return JSON.parse(
    await curl(...agent, '--json', JSON.stringify({ identifier, password }), `${address}/auth/sign-in`),
  ) as SignInAnswer;
}

/** Opens a session. Errors: Error where it is refused or a code is asked for. */
export async function signInByCurl(
  address: string,
  credentials: Credentials,
  userAgent?: string,
): Promise<OtherSession> {
  const answer = await trySignInByCurl(address, credentials, userAgent);
  if (answer.status !== 'signed-in') throw new Error(`not signed in: ${JSON.stringify(answer)}`);
  return answer;
}

/** The HTTP status of `GET /me` with an access token or a key: 200 while it is good, 401 afterwards. */
export async function statusByCurl(
  address: string,
  { accessToken }: Pick<OtherSession, 'accessToken'>,
): Promise<number> {
  const written = await curl(
    '--output',
    '/dev/null',
    '--write-out',
    '%{http_code}',
    '--header',
    `Authorization: Bearer ${accessToken}`,
    `${address}/me`,
  );
  return Number(written);
}

/**
 * Trades an access key for a token as a program does (RFC 6749, 4.3.2); gives the token, or undefined if it is refused.
 */
export async function exchangeByCurl(address: string, keyId: string, secretKey: string): Promise<string | undefined> {
  const fields = ['grant_type=password', `username=${keyId}`, `password=${secretKey}`].flatMap((field) => [
    '--data-urlencode',
    field,
  ]);
  return (JSON.parse(await curl(...fields, `${address}/auth/token`)) as { access_token?: string }).access_token;
}
