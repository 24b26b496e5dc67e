import { AxiosError } from 'axios';
import { AppError, type ErrorReason } from '../../../shared/contract/errors.ts';
import { HttpFailure, type RequestLine } from './http-failure.ts';

/**
 * What a proxy answered where it should have opened a tunnel (RFC 9110, section 9.3.6); undefined for an answer of the
 * service itself. The tunnelling agent hands the proxy's own answer on as if it were the service's. It came without
 * TLS, which tells. Takes the answer, or the error, of axios.
 */
export function findProxyRefusal({ request }: { readonly request?: unknown }, line: RequestLine): AppError | undefined {
  if (new URL(line.url).protocol !== 'https:') return undefined;
  const { socket, res } = Object(request) as { socket?: unknown; res?: unknown };
  const { statusCode } = Object(res) as { statusCode?: unknown };
  // Without a socket it is not Node that speaks: Chromium's errors have names (see network-error.ts).
  if (!socket || typeof statusCode !== 'number' || 'encrypted' in Object(socket)) return undefined;
  return new AppError(
    'offline',
    { reason: reasonOf(statusCode) },
    new HttpFailure(line, `the proxy answered ${String(statusCode)}`),
  );
}

/** The same where no answer came of it, only a fault. */
export function findProxyFault(error: unknown, line: RequestLine): AppError | undefined {
  return error instanceof AxiosError ? findProxyRefusal(error.response ?? error, line) : undefined;
}

function reasonOf(status: number): ErrorReason {
  if (status === 407) return 'proxy-sign-in';
  // RFC 6585, section 6; older portals send to their page.
  if (status === 511 || (status >= 300 && status < 400)) return 'captive-portal';
  return status >= 500 ? 'proxy-fault' : 'proxy-refused';
}
