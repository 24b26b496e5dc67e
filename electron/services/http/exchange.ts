import axios, { AxiosError, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { AppError } from '../../../shared/contract/errors.ts';
import type { HttpTransport } from '../ports.ts';
import { HttpFailure, type RequestLine } from './http-failure.ts';
import { isLoopback } from '../../../shared/rules/loopback.ts';
import { toNetworkError } from './network-error.ts';
import { findProxyFault, findProxyRefusal } from './proxy-refusal.ts';
import { withSystemIssuers } from './system-issuers.ts';

export interface Outgoing extends RequestLine {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in its place. */
  readonly upload?: Upload;
  /** Bytes of the answer after decompression that are taken; 2 MB unless more is asked for. */
  readonly maxBody?: number;
  /** What a good answer is, where it is no JSON. */
  readonly reads?: 'text' | 'bytes';
}

export interface Upload {
  /** As the header `Content-Type` says it. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** An answer of any status. Nothing of it has been judged yet. */
export interface Incoming {
  readonly status: number;
  /** `name` in lower case; of several lines, as there may be of Set-Cookie, the first. */
  header(name: string): string | undefined;
  readonly body: IncomingBody;
}

type IncomingBody =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json'; readonly value: unknown }
  /** As it was asked for by `reads`. */
  | { readonly kind: 'raw'; readonly value: string | Uint8Array }
  | { readonly kind: 'broken'; readonly reason: 'cut-short' | 'not-json' };

/** Bytes. */
const usualMaxBody = 2_000_000;

/** Sends one request once. Errors: AppError offline, untrusted-answer; if `signal` aborts, any. */
export function exchange(outgoing: Outgoing, transport: HttpTransport, signal: AbortSignal): Promise<Incoming> {
  return withSystemIssuers(
    () => exchangeOnce(outgoing, transport, signal),
    (error) => error instanceof AppError && error.details.reason === 'certificate-not-trusted',
  );
}

async function exchangeOnce(outgoing: Outgoing, transport: HttpTransport, signal: AbortSignal): Promise<Incoming> {
  try {
    const response = await axios.request<unknown>(configure(outgoing, transport, signal));
    refuseProxy(response, outgoing);
    return toIncoming(response, outgoing.reads ? readRaw(response) : readBody(response.data));
  } catch (error) {
    // From here on nothing may hold `error`: its config has the headers, and they have the token.
    const refusal = error instanceof AppError ? error : findProxyFault(error, outgoing);
    if (refusal) throw refusal;
    const broken = readBroken(error);
    if (broken) return broken;
    if (isTooLarge(error))
      throw new AppError('untrusted-answer', { reason: 'too-large' }, new HttpFailure(outgoing, 'over the cap'));
    throw toNetworkError(error, outgoing);
  }
}

function refuseProxy(response: AxiosResponse, outgoing: Outgoing): void {
  const refusal = findProxyRefusal(response, outgoing);
  if (refusal) throw refusal;
}

function configure(outgoing: Outgoing, transport: HttpTransport, signal: AbortSignal): AxiosRequestConfig {
  const { method, url, headers, body, upload, maxBody = usualMaxBody } = outgoing;
  const jsonType = body === undefined ? false : 'application/json';
  return {
    ...transport,
    // Chromium would keep answers in its own cache on disk, in the clear.
    fetchOptions: { cache: 'no-store' },
    ...(isLoopback(new URL(url).hostname) && { proxy: false }),
    method,
    url,
    // Without a body axios would still call it a form.
    headers: {
      Accept: 'application/json, application/problem+json',
      'Content-Type': upload?.type ?? jsonType,
      ...headers,
    },
    // Of another array of bytes axios would send all that lies behind it.
    data: upload ? Buffer.from(upload.bytes) : body,
    signal,
    maxRedirects: 0,
    maxContentLength: maxBody,
    // What was taken can be sent back.
    maxBodyLength: maxBody,
    responseType: responseTypes[outgoing.reads ?? 'json'],
    transitional: { silentJSONParsing: false },
    validateStatus: null,
  };
}

function toIncoming(response: AxiosResponse, body: IncomingBody): Incoming {
  const { status, headers } = response;
  return {
    status,
    header(name) {
      const value: unknown = headers[name];
      const first: unknown = Array.isArray(value) ? value[0] : value;
      return typeof first === 'string' ? first : undefined;
    },
    body,
  };
}

const responseTypes = { json: 'json', text: 'text', bytes: 'arraybuffer' } as const;

/** A refusal is JSON all the same. */
function readRaw({ status, data }: AxiosResponse<unknown>): IncomingBody {
  const value = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
  if (typeof value !== 'string' && !(value instanceof Uint8Array)) return { kind: 'empty' };
  if (status < 400) return { kind: 'raw', value };
  try {
    const parsed: unknown = JSON.parse(typeof value === 'string' ? value : new TextDecoder().decode(value));
    return { kind: 'json', value: parsed };
  } catch {
    return { kind: 'broken', reason: 'not-json' };
  }
}

function readBody(data: unknown): IncomingBody {
  return data === '' || data === undefined ? { kind: 'empty' } : { kind: 'json', value: data };
}

/** An answer whose head came through, but whose body did not, or was no JSON. */
function readBroken(error: unknown): Incoming | undefined {
  if (!(error instanceof AxiosError) || !error.response) return undefined;
  const text: unknown = error.response.data;
  const isWhole = typeof text === 'string' && (!/^\s*[[{]/.test(text) || /[\]}]\s*$/.test(text));
  const isUndecodable = error.code === 'Z_DATA_ERROR';
  return toIncoming(error.response, { kind: 'broken', reason: isWhole || isUndecodable ? 'not-json' : 'cut-short' });
}

function isTooLarge(error: unknown): boolean {
  return error instanceof AxiosError && error.message.startsWith('maxContentLength');
}
