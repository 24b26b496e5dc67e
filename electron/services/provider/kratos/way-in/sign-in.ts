import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { withoutGrouping } from '../../../../../shared/typed-text.ts';
import type { HttpClient } from '../../../http/http-client.ts';
import type { Clock } from '../../../ports.ts';
import type { PasswordWay, SignInStep } from '../../provider.ts';
import { createBareSource, type Tokens } from '../../tokens.ts';
import { hasGroup, type RemoteFlow } from '../flows/flow.ts';
import { fillIn, openForm, type Filled } from '../flows/forms.ts';
import { createOpenSender, createSenders, type Senders } from '../senders.ts';
import { readWhoami, serverNowOf } from '../session.ts';

const token = z.string().min(1).max(4_000);
const remoteSignInSchema = z.object({ session_token: token });

/** What a sign-in needs until the code comes; it stays in this process. */
const challengeSchema = z.strictObject({ token });
/** Seconds for which a code can be given. */
const challengeSeconds = 600;
/** Milliseconds, where the server does not say: its own default, a day. */
const usualLifetimeMs = 86_400_000;

export interface SignInDeps {
  readonly http: HttpClient;
  readonly clock: Pick<Clock, 'now'>;
}

export function createKratosSignIn(deps: SignInDeps): PasswordWay {
  const { http } = deps;
  return {
    async signIn(address, { identifier, password }) {
      const filled = { method: 'password', identifier, password };
      const open = createOpenSender(http, address);
      const { session_token } = await fillIn(open, { form: 'login' }, () => filled, remoteSignInSchema);
      return proceed(deps, address, session_token);
    },
    async submitCode(address, challenge, code) {
      const { token: begun } = challengeSchema.parse(JSON.parse(challenge));
      const senders = sendersOf(deps, address, begun);
      await fillIn(senders.form(), secondStep, (flow) => toCode(flow, code), z.unknown()).catch((error: unknown) => {
        throw isOver(error) ? new AppError('unauthenticated', { reason: 'challenge-expired' }) : error;
      });
      return { next: 'done', tokens: await toTokens(deps, address, begun) };
    },
    requestPasswordReset: (address, identifier) => requestReset(http, address, identifier),
  };
}

const secondStep = { form: 'login', query: '?aal=aal2' } as const;

/** A code of an authenticator app is digits, and a recovery code eight letters and digits. */
export function toCode(flow: RemoteFlow, typed: string): Filled {
  const code = withoutGrouping(typed);
  const isOfApp = hasGroup(flow, 'totp') && (/^\d{6}$/.test(code) || !hasGroup(flow, 'lookup_secret'));
  if (isOfApp) return { method: 'totp', totp_code: code };
  if (!hasGroup(flow, 'lookup_secret')) throw new AppError('not-offered');
  return { method: 'lookup_secret', lookup_secret: code.toLowerCase() };
}

function sendersOf({ http }: SignInDeps, address: string, sessionToken: string): Senders {
  return createSenders({ http, address, tokens: createBareSource(toToken(sessionToken, 0)) });
}

/** A code is asked for where the account, or what it does with itself, is closed without one. */
async function proceed(deps: SignInDeps, address: string, sessionToken: string): Promise<SignInStep> {
  const senders = sendersOf(deps, address, sessionToken);
  if (!(await lacksSecondStep(senders))) return { next: 'done', tokens: await toTokens(deps, address, sessionToken) };
  const form = await openForm(senders.session, secondStep);
  if (!hasGroup(form, 'totp') && !hasGroup(form, 'lookup_secret')) {
    await endSession(senders, sessionToken);
    // A security key, or a code by mail: those are for its pages.
    throw new AppError('mfa-required', { reason: 'other-second-step' });
  }
  return { next: 'code', challenge: JSON.stringify({ token: sessionToken }), expiresIn: challengeSeconds };
}

async function lacksSecondStep({ session }: Senders): Promise<boolean> {
  try {
    await session({ method: 'GET', path: '/sessions/whoami', schema: z.unknown() });
    await openForm(session, { form: 'settings' });
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === 'reauth-required') return true;
    throw error;
  }
}

async function toTokens(deps: SignInDeps, address: string, sessionToken: string): Promise<Tokens> {
  const { expires_at } = await readWhoami(sendersOf(deps, address, sessionToken));
  const end = Date.parse(expires_at ?? '');
  const left = Number.isNaN(end) ? usualLifetimeMs : end - serverNowOf(deps.http, address);
  return toToken(sessionToken, deps.clock.now() + left);
}

export function toToken(sessionToken: string, expiresAt: number): Tokens {
  return { kind: 'session', token: sessionToken, expiresAt };
}

/** The token goes in the body here, and one that is over already counts as ended. */
export async function endSession({ session }: Pick<Senders, 'session'>, sessionToken: string): Promise<void> {
  const body = { session_token: sessionToken };
  await session({ method: 'DELETE', path: '/self-service/logout/api', body, schema: z.unknown() });
}

function isOver(error: unknown): boolean {
  return error instanceof AppError && error.details.reason === 'session-ended';
}

/** Only where it mails a link: a code would have to be typed into the form that it was asked for with. */
async function requestReset(http: HttpClient, address: string, identifier: string): Promise<void> {
  const open = createOpenSender(http, address, (name) => (name === 'email' ? { field: 'identifier' } : undefined));
  const fill = (flow: RemoteFlow): Filled => {
    if (!hasGroup(flow, 'link')) throw new AppError('not-offered');
    return { method: 'link', email: identifier };
  };
  await fillIn(open, { form: 'recovery' }, fill, z.unknown());
}
