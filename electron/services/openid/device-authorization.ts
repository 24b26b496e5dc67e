import * as z from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import { isSecure } from '../../../shared/rules/loopback.ts';
import { cleanShort } from '../core/clean-text.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { Clock } from '../ports.ts';

// The device authorization grant (RFC 8628), as a public client: a code is typed on a page of the service, while the
// app asks again and again whether it was.

/** Where a service gives codes and takes them, and for what. */
export interface DeviceEndpoints {
  readonly codes: string;
  readonly tokens: string;
  readonly scopes: readonly string[];
}

export interface DeviceCode {
  /** The app's own half; it is shown to nobody. */
  readonly deviceCode: string;
  readonly userCode: string;
  readonly page: URL;
  /** Seconds, of both halves. */
  readonly expiresIn: number;
  /** Seconds from one question to the next, at least. */
  readonly interval: number;
}

export interface DeviceGrant {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Seconds; undefined if the service does not say. */
  readonly expiresIn: number | undefined;
}

export interface DeviceClient {
  readonly http: HttpClient;
  readonly endpoints: DeviceEndpoints;
  readonly clientId: string;
}

export interface WaitOptions {
  readonly clock: Pick<Clock, 'sleep' | 'monotonic'>;
  readonly signal: AbortSignal;
  /** Why the service cannot be asked just now; null once it can be again. */
  readonly onTrouble: (cause: ErrorShape | null) => void;
}

const secret = z.string().min(1).max(10_000);
const seconds = z.number().nonnegative().max(1_000_000);

const remoteCodeSchema = z.object({
  device_code: secret,
  user_code: z.string().min(1).max(200),
  verification_uri: z.string().max(2_000),
  /** The same page with the code in it. */
  verification_uri_complete: z.string().max(2_000).nullish(),
  expires_in: seconds,
  interval: seconds.nullish(),
});
const remoteGrantSchema = z.object({
  access_token: secret,
  refresh_token: secret.nullish(),
  expires_in: seconds.nullish(),
});
const remoteErrorSchema = z.object({ error: z.string().max(100), interval: seconds.nullish() });

/** Where a service does not say (RFC 8628, section 3.2), and what `slow_down` adds (3.5). */
const usualInterval = 5;
/** No service means to be asked more often, nor to be waited for longer. */
const [minInterval, maxInterval, maxLifetime] = [1, 300, 1_800];
const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

/** Errors: AppError invalid-request (client-not-known), not-offered, untrusted-answer (page-elsewhere), offline, … */
export async function requestDeviceCode({ http, endpoints, clientId }: DeviceClient): Promise<DeviceCode> {
  const { codes, scopes } = endpoints;
  const scope = scopes.join(' ');
  const answer = await ask(http, codes, { client_id: clientId, ...(scope && { scope }) }, remoteCodeSchema);
  if ('error' in answer) throw refusalOf(answer.error);
  return {
    deviceCode: answer.device_code,
    userCode: cleanShort(answer.user_code, 40),
    page: toOwnPage(answer.verification_uri_complete ?? answer.verification_uri, codes),
    expiresIn: Math.min(answer.expires_in, maxLifetime),
    interval: Math.max(answer.interval ?? usualInterval, minInterval),
  };
}

/**
 * Asks until the code was typed, or counts no more. What keeps the service from answering ends nothing: it is asked
 * less often. Errors: AppError cancelled (declined-at-provider, code-expired), invalid-request (client-not-known),
 * not-offered, server-fault.
 */
export async function waitForGrant(client: DeviceClient, code: DeviceCode, options: WaitOptions): Promise<DeviceGrant> {
  const { clock, signal, onTrouble } = options;
  const end = clock.monotonic() + code.expiresIn * 1_000;
  let { interval } = code;
  let isInTrouble = false;
  for (;;) {
    const left = end - clock.monotonic();
    if (left <= 0) throw new AppError('cancelled', { reason: 'code-expired' });
    await clock.sleep(Math.min(interval * 1_000, left), signal);
    const found = await askOnce(client, code.deviceCode, signal);
    if ('grant' in found) return found.grant;
    const { cause = null } = found;
    if (cause || isInTrouble) onTrouble(cause);
    isInTrouble = cause !== null;
    interval = Math.min(found.next(interval), maxInterval);
  }
}

interface Pending {
  /** Seconds until the next question, from those that were waited before this one. */
  next(interval: number): number;
  readonly cause?: ErrorShape;
}

async function askOnce(
  { http, endpoints, clientId }: DeviceClient,
  deviceCode: string,
  signal: AbortSignal,
): Promise<Pending | { readonly grant: DeviceGrant }> {
  const form = { client_id: clientId, device_code: deviceCode, grant_type: grantType };
  let answer: z.infer<typeof remoteGrantSchema> | RemoteError;
  try {
    answer = await ask(http, endpoints.tokens, form, remoteGrantSchema, signal);
  } catch (error) {
    if (!(error instanceof AppError) || !isPassing(error)) throw error;
    // After a time-out a client has to ask less often (RFC 8628, section 3.5).
    return { cause: error.toShape(), next: (interval) => Math.max(interval * 2, error.details.retryAfter ?? 0) };
  }
  if (!('error' in answer)) return { grant: toGrant(answer) };
  const { error, interval: wanted = null } = answer;
  if (error === 'authorization_pending') return { next: (interval) => interval };
  if (error !== 'slow_down') throw refusalOf(error);
  return { next: (interval) => Math.max(wanted ?? 0, interval + usualInterval) };
}

/**
 * Trades the refresh token of such a grant. Errors: AppError unauthenticated (session-ended) where it is refused for
 * good; those of the network.
 */
export async function refreshDeviceGrant(
  { http, endpoints, clientId }: DeviceClient,
  refreshToken: string,
): Promise<DeviceGrant> {
  const form = { client_id: clientId, grant_type: 'refresh_token', refresh_token: refreshToken };
  const answer = await ask(http, endpoints.tokens, form, remoteGrantSchema);
  if (!('error' in answer)) return toGrant(answer);
  const isOver = ['invalid_grant', 'bad_refresh_token', 'unauthorized_client'].includes(answer.error);
  throw isOver ? new AppError('unauthenticated', { reason: 'session-ended' }) : refusalOf(answer.error);
}

function toGrant({ access_token: accessToken, refresh_token, expires_in }: z.infer<typeof remoteGrantSchema>) {
  return { accessToken, refreshToken: refresh_token ?? undefined, expiresIn: expires_in ?? undefined };
}

type RemoteError = z.infer<typeof remoteErrorSchema>;

/** An error may come with any status: GitHub says 200, the RFC 400. */
async function ask<S extends z.ZodType>(
  http: HttpClient,
  url: string,
  form: Readonly<Record<string, string>>,
  schema: S,
  signal?: AbortSignal,
): Promise<z.infer<S> | RemoteError> {
  let refused: unknown;
  const request = {
    method: 'POST',
    url,
    headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    schema: z.union([remoteErrorSchema, schema]),
    ...(signal && { signal }),
  } as const;
  try {
    const explain = ({ status, body }: { readonly status: number; readonly body: unknown }) => {
      if (status < 500) refused = body;
      return undefined;
    };
    return (await http.send({ ...request, explain })).body as z.infer<S> | RemoteError;
  } catch (error) {
    const parsed = remoteErrorSchema.safeParse(refused);
    if (parsed.success) return parsed.data;
    throw error;
  }
}

/** The network or the service is not well; it says nothing of the code. */
function isPassing({ code, details }: AppError): boolean {
  if (code === 'untrusted-answer') return details.reason === 'not-json' || details.reason === 'cut-short';
  return code === 'offline' || code === 'server-fault' || code === 'rate-limited';
}

const refusals: Readonly<Record<string, ErrorShape>> = {
  access_denied: { code: 'cancelled', reason: 'declined-at-provider' },
  expired_token: { code: 'cancelled', reason: 'code-expired' },
  // GitHub's own words, some of them beside the standard's.
  token_expired: { code: 'cancelled', reason: 'code-expired' },
  incorrect_device_code: { code: 'cancelled', reason: 'code-expired' },
  invalid_grant: { code: 'cancelled', reason: 'code-expired' },
  invalid_client: { code: 'invalid-request', reason: 'client-not-known' },
  incorrect_client_credentials: { code: 'invalid-request', reason: 'client-not-known' },
  'Not Found': { code: 'invalid-request', reason: 'client-not-known' },
  unauthorized_client: { code: 'not-offered', reason: 'code-not-allowed' },
  device_flow_disabled: { code: 'not-offered', reason: 'code-not-allowed' },
};

/** Nothing else is for the person to mend. */
function refusalOf(error: string): AppError {
  return AppError.fromShape(refusals[error] ?? { code: 'server-fault', reason: 'identity-provider-fault' });
}

/** It is opened in the person's browser: nothing but a page of the service itself. */
function toOwnPage(text: string, endpoint: string): URL {
  const page = URL.parse(text);
  const isOwn = page?.origin === new URL(endpoint).origin && isSecure(page) && !page.username && !page.password;
  if (!page || !isOwn) throw new AppError('untrusted-answer', { reason: 'page-elsewhere' });
  return page;
}
