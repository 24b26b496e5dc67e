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
export async function trySignInByCurl(address: string, { identifier, password }: Credentials, userAgent?: string): Promise<SignInAnswer | { code: string; status: number }> {
  const agent = userAgent === undefined ? [] : ['--user-agent', userAgent];
  return JSON.parse(await curl(...agent, '--json', JSON.stringify({ identifier, password }), `${address}/auth/sign-in`)) as SignInAnswer;
}

/** Opens a session. Errors: Error where it is refused or a code is asked for. */
export async function signInByCurl(address: string, credentials: Credentials, userAgent?: string): Promise<OtherSession> {
  const answer = await trySignInByCurl(address, credentials, userAgent);
  if (answer.status !== 'signed-in') throw new Error(`not signed in: ${JSON.stringify(answer)}`);
  return answer;
}

/** The HTTP status of `GET /me`: 200 while the session lives, 401 afterwards. */
export async function statusByCurl(address: string, { accessToken }: OtherSession): Promise<number> {
  const written = await curl('--output', '/dev/null', '--write-out', '%{http_code}', '--header', `Authorization: Bearer ${accessToken}`, `${address}/me`);
  return Number(written);
}
