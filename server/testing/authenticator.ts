import { HOTP, Secret, TOTP } from 'otpauth';
import type { TestServer } from './test-server.ts';

export interface Authenticator {
  readonly secret: string;
  /** The code of the moment that is `seconds` from the server's now. */
  code(seconds?: number): string;
}

/** An authenticator app that holds `secret` (Base32), with a clock as right as the server's. */
export function createAuthenticator(test: TestServer, secret: string, period = 30): Authenticator {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), period });
  return { secret, code: (seconds = 0) => totp.generate({ timestamp: test.now() + seconds * 1000 }) };
}

export function hotpCode(secret: string, counter: number): string {
  return HOTP.generate({ secret: Secret.fromBase32(secret), counter });
}

/** Turns MFA on as a person does. */
export async function enrol(
  test: TestServer,
  token: string,
  name = 'Phone',
): Promise<{ app: Authenticator; recoveryCodes: string[] | null }> {
  const begun = await test.request<{ enrolment: string; secret: string }>('POST', '/me/mfa/totp', { token });
  const app = createAuthenticator(test, begun.body.secret);
  const body = { enrolment: begun.body.enrolment, code: app.code(), name };
  const confirmed = await test.request<{ recoveryCodes: string[] | null }>('POST', '/me/mfa/totp/confirm', {
    token,
    body,
  });
  if (confirmed.status !== 200) throw new Error(`not enrolled: ${JSON.stringify([begun.body, confirmed.body])}`);
  return { app, recoveryCodes: confirmed.body.recoveryCodes };
}

/** So many sign-ins as far as the second step, one after another: at once they would count as guessing. */
export async function openChallenges(test: TestServer, count: number): Promise<string[]> {
  const opened: string[] = [];
  while (opened.length < count) opened.push(await challenge(test));
  return opened;
}

/** A sign-in as far as the second step. Returns its challenge. */
export async function challenge(test: TestServer): Promise<string> {
  const { body } = await test.trySignIn(test.password);
  if (body.status !== 'code-required') throw new Error(JSON.stringify(body));
  return body.challenge;
}
