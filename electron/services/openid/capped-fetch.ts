import axios from 'axios';
import type { CustomFetch } from 'openid-client';
import { AppError } from '../../../shared/contract/errors.ts';
import type { HttpTransport } from '../ports.ts';
import { isLoopback } from '../../../shared/rules/loopback.ts';
import { Answers } from '../http/answers.ts';
import { toNetworkError } from '../http/network-error.ts';
import { findProxyFault, findProxyRefusal } from '../http/proxy-refusal.ts';
import { withSystemIssuers } from '../http/system-issuers.ts';

/** Bytes: discovery documents, key sets and token answers are far smaller. */
const maxBytes = 1_000_000;

type Asked = Parameters<CustomFetch>;

/**
 * A `fetch` that goes the same way as every other request of the app (through the proxy, by the same issuers), and
 * gives up on an answer that does not end. Follows no redirect. Errors: AppError offline, untrusted-answer.
 */
export function createCappedFetch(transport: HttpTransport = {}): CustomFetch {
  return (address, options) =>
    withSystemIssuers(
      () => fetchOnce(transport, address, options),
      (error) => error instanceof AppError && error.details.reason === 'certificate-not-trusted',
    );
}

async function fetchOnce(transport: HttpTransport, address: Asked[0], options: Asked[1]): Promise<Response> {
  const line = { method: options.method === 'POST' ? 'POST' : 'GET', url: address } as const;
  const { status, headers, data } = await ask(transport, address, options).catch((error: unknown) => {
    throw error instanceof AppError ? error : (findProxyFault(error, line) ?? toNetworkError(error, line));
  });
  Answers.note();
  return new Response(status === 204 || data.byteLength === 0 ? null : new Uint8Array(data), {
    status,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && !/^(?:content-encoding|content-length|transfer-encoding)$/i.test(name)
        ? [[name, value] as [string, string]]
        : [],
    ),
  });
}

async function ask(transport: HttpTransport, address: Asked[0], { method, headers, body, signal }: Asked[1]) {
  const response = await axios.request<ArrayBuffer>({
    ...transport,
    fetchOptions: { cache: 'no-store' },
    ...(isLoopback(new URL(address).hostname) && { proxy: false }),
    url: address,
    method,
    headers: { ...headers },
    // What the library sends are forms.
    ...(body !== undefined && { data: body as URLSearchParams }),
    ...(signal && { signal }),
    responseType: 'arraybuffer',
    maxRedirects: 0,
    maxContentLength: maxBytes,
    validateStatus: null,
  });
  const refusal = findProxyRefusal(response, { method: 'GET', url: address });
  if (refusal) throw refusal;
  return response;
}
