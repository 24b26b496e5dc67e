import type * as z from 'zod';
import { AppError, type ErrorReason } from '../../../shared/contract/errors.ts';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import type { Clock, HttpTransport } from '../ports.ts';
import { Answers } from './answers.ts';
import { exchange, type Incoming, type Outgoing } from './exchange.ts';
import { HttpFailure } from './http-failure.ts';
import { isSecure } from '../../../shared/rules/loopback.ts';
import { explainStatus, type WholeRefusal } from './refusal.ts';
import { parseRetryAfter } from './retry-after.ts';
import { retryDelay } from './retry-delay.ts';
import { createServerClock } from './server-clock.ts';

export interface HttpClient {
  /**
   * Resolves with an answer of status 2xx whose body fits `schema`. One deadline holds for all tries and the body.
   * Errors: AppError offline, untrusted-answer, rate-limited, server-fault, cancelled, and what the status or `explain`
   * says.
   */
  send<S extends z.ZodType>(request: HttpRequest<S>): Promise<HttpAnswer<z.infer<S>>>;
  /**
   * The clock of the server at `url`, by its last answer: milliseconds since the epoch; undefined while not known well
   * enough.
   */
  serverNow(url: string): number | undefined;
}

export interface HttpRequest<S extends z.ZodType> extends Outgoing {
  /** Judges the parsed body; `undefined` stands for an empty one. */
  readonly schema: S;
  /** The provider's own reading of a refusal; undefined leaves it to the status. */
  readonly explain?: (refusal: WholeRefusal) => ErrorShape | undefined;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer<T> {
  readonly body: T;
  header(name: string): string | undefined;
}

export interface HttpOptions {
  readonly clock: Clock;
  readonly userAgent: string;
  readonly transport?: HttpTransport;
}

const maxRetries = 2;
const usualDeadlineMs = 10_000;

export function createHttpClient({ clock, userAgent, transport = {} }: HttpOptions): HttpClient {
  const { deadlineMs = usualDeadlineMs, ...way } = transport;
  const serverClock = createServerClock(clock);

  async function exchangeTimed(outgoing: Outgoing, signal: AbortSignal): Promise<Incoming> {
    const sentAt = clock.monotonic();
    const incoming = await exchange(outgoing, way, signal);
    Answers.note();
    serverClock.note(outgoing.url, incoming.header('date'), sentAt, clock.monotonic());
    return incoming;
  }

  /** Sends until it succeeds, fails for good, or another try would not end in time. */
  async function sendWithRetries<S extends z.ZodType>(request: HttpRequest<S>, signal: AbortSignal) {
    const latest = clock.monotonic() + deadlineMs;
    const outgoing = { ...request, headers: { 'User-Agent': userAgent, ...request.headers } };
    for (let retries = 0; ; retries += 1) {
      try {
        return judge(await exchangeTimed(outgoing, signal), request, clock.now());
      } catch (error) {
        const delay = retries < maxRetries && isIdempotent(request) ? retryDelay(error, retries) : undefined;
        if (delay === undefined || signal.aborted || clock.monotonic() + delay >= latest) throw error;
        await clock.sleep(delay, signal);
      }
    }
  }

  return {
    serverNow: (url) => serverClock.now(url),
    async send(request) {
      if (!isSecure(new URL(request.url))) throw new AppError('invalid-request', { reason: 'address-not-secure' });
      const timeout = new AbortController();
      const timer = setTimeout(() => timeout.abort(), deadlineMs);
      const signal = request.signal ? AbortSignal.any([timeout.signal, request.signal]) : timeout.signal;
      try {
        return await sendWithRetries(request, signal);
      } catch (error) {
        if (request.signal?.aborted) throw new AppError('cancelled');
        if (timeout.signal.aborted)
          throw new AppError('offline', { reason: 'timed-out' }, new HttpFailure(request, 'over the deadline'));
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/**
 * Methods safe to send twice (RFC 9110, section 9.2.2). A PATCH is not, and a POST only if the server can tell that it
 * is the same one.
 */
function isIdempotent({ method, headers = {} }: Outgoing): boolean {
  return method === 'GET' || (method === 'POST' && 'Idempotency-Key' in headers);
}

function judge<S extends z.ZodType>(incoming: Incoming, request: HttpRequest<S>, now: number): HttpAnswer<z.infer<S>> {
  const { status, body } = incoming;
  // A fetch that may not follow a redirect can yield an opaque answer, whose status is 0.
  if (status < 200 || (status >= 300 && status < 400)) throw distrust('redirected', request, status);
  if (status >= 400) throw refuse(incoming, request, now);
  if (body.kind === 'broken' && body.reason === 'cut-short') throw distrust('cut-short', request, status);
  if (body.kind === 'broken' || (body.kind === 'json' && !isJson(incoming)))
    throw distrust('not-json', request, status);
  const parsed = request.schema.safeParse(body.kind === 'empty' ? undefined : body.value);
  if (!parsed.success)
    throw distrust(body.kind === 'empty' ? 'cut-short' : 'wrong-shape', request, describeIssue(parsed.error));
  return { body: parsed.data, header: incoming.header };
}

function refuse<S extends z.ZodType>(incoming: Incoming, request: HttpRequest<S>, now: number): AppError {
  const { status, body } = incoming;
  const retryAfter = parseRetryAfter(incoming.header('retry-after'), now);
  const json = body.kind === 'json' && isJson(incoming) ? body.value : undefined;
  const refusal = { status, retryAfter, body: json, header: incoming.header };
  const { code, ...details } = request.explain?.(refusal) ?? explainStatus(refusal);
  return new AppError(code, details, new HttpFailure(request, status));
}

function distrust(reason: ErrorReason, request: Outgoing, what: number | string): AppError {
  return new AppError('untrusted-answer', { reason }, new HttpFailure(request, what));
}

function isJson(incoming: Incoming): boolean {
  const [type = ''] = (incoming.header('content-type') ?? '').split(';');
  return /^application\/(?:[\w.-]+\+)?json$/i.test(type.trim());
}

/** Where and what, never the value: it may be a secret. */
function describeIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.code ?? 'unknown'} at ${issue?.path.join('.').slice(0, 200) ?? ''}`;
}
