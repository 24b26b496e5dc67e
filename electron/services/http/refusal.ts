import type { ErrorShape } from '../../../shared/contract/error-shape.ts';

/** An answer with a status of 400 or more. */
export interface Refusal {
  readonly status: number;
  /** Parsed JSON, or undefined if it was none. As untrusted as any answer. */
  readonly body: unknown;
  /** Seconds, as the provider said: not capped. */
  readonly retryAfter: number | undefined;
}

/** With all that it came with. */
export interface WholeRefusal extends Refusal {
  /** As `Incoming.header`. */
  header(name: string): string | undefined;
}

/** The longest that we believe a server under load, in seconds. */
const maxWaitSeconds = 60;

/** What a status means by itself, where the provider's own error body says nothing better (RFC 9110, section 15). */
export function explainStatus({ status, retryAfter }: Refusal): ErrorShape {
  const wait = retryAfter === undefined ? {} : { retryAfter: Math.min(retryAfter, maxWaitSeconds) };
  if (status === 429) return { code: 'rate-limited', ...wait };
  if (status === 503 && retryAfter !== undefined) return { code: 'server-fault', reason: 'service-busy', ...wait };
  if (status === 501) return { code: 'not-offered' };
  if (status >= 500 && status !== 511) return { code: 'server-fault' };
  return byStatus[status] ?? { code: 'invalid-request' };
}

const byStatus: Readonly<Record<number, ErrorShape>> = {
  401: { code: 'unauthenticated', reason: 'session-ended' },
  403: { code: 'forbidden' },
  404: { code: 'not-offered' },
  405: { code: 'not-offered' },
  // Only a proxy asks for this, or what stands in its place (RFC 9110, section 15.5.8; RFC 6585, section 6).
  407: { code: 'offline', reason: 'proxy-sign-in' },
  511: { code: 'offline', reason: 'captive-portal' },
  408: { code: 'offline', reason: 'timed-out' },
  409: { code: 'conflict' },
  410: { code: 'not-found' },
  412: { code: 'conflict' },
  428: { code: 'conflict' },
};
