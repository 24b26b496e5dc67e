import { AppError, type ErrorCode, type ErrorReason } from '../../../shared/contract/errors.ts';
import { HttpFailure, type RequestLine } from './http-failure.ts';

// Names of Node (libuv, OpenSSL's X509_V_ERR_*, llhttp, zlib, undici) and of Chromium, which Electron's net.fetch
// yields.
const reasons: Partial<Record<ErrorReason, readonly string[]>> = {
  'name-not-found': ['ENOTFOUND', 'EAI_AGAIN', 'net::ERR_NAME_NOT_RESOLVED', 'net::ERR_NAME_RESOLUTION_FAILED'],
  'connection-refused': ['ECONNREFUSED', 'net::ERR_CONNECTION_REFUSED'],
  'proxy-sign-in': ['net::ERR_PROXY_AUTH_REQUESTED', 'net::ERR_PROXY_AUTH_UNSUPPORTED'],
  // Chromium tells no status of a CONNECT.
  'proxy-refused': ['net::ERR_TUNNEL_CONNECTION_FAILED'],
  'proxy-fault': ['net::ERR_PROXY_CONNECTION_FAILED', 'net::ERR_PROXY_CERTIFICATE_INVALID', 'ERR_PROXY_TUNNEL'],
  'connection-lost': [
    'ECONNRESET',
    'EPIPE',
    'ECONNABORTED',
    'UND_ERR_SOCKET',
    'net::ERR_CONNECTION_RESET',
    'net::ERR_CONNECTION_CLOSED',
    'net::ERR_CONNECTION_ABORTED',
    'net::ERR_EMPTY_RESPONSE',
    'net::ERR_SOCKET_NOT_CONNECTED',
    'net::ERR_NETWORK_CHANGED',
  ],
  'timed-out': ['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'net::ERR_TIMED_OUT', 'net::ERR_CONNECTION_TIMED_OUT'],
  'no-network': [
    'ENETUNREACH',
    'EHOSTUNREACH',
    'ENETDOWN',
    'EHOSTDOWN',
    'EADDRNOTAVAIL',
    'net::ERR_INTERNET_DISCONNECTED',
    'net::ERR_ADDRESS_UNREACHABLE',
    'net::ERR_NETWORK_ACCESS_DENIED',
    'net::ERR_NETWORK_IO_SUSPENDED',
  ],
  'certificate-expired': ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'net::ERR_CERT_DATE_INVALID'],
  'certificate-other-host': ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH', 'net::ERR_CERT_COMMON_NAME_INVALID'],
  'not-tls': ['EPROTO', 'net::ERR_SSL_PROTOCOL_ERROR', 'net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH'],
  redirected: ['net::ERR_TOO_MANY_REDIRECTS', 'net::ERR_UNSAFE_REDIRECT'],
  'cut-short': ['Z_BUF_ERROR', 'net::ERR_CONTENT_LENGTH_MISMATCH', 'net::ERR_INCOMPLETE_CHUNKED_ENCODING'],
  'too-large': ['HPE_HEADER_OVERFLOW', 'UND_ERR_HEADERS_OVERFLOW', 'net::ERR_RESPONSE_HEADERS_TOO_BIG'],
  'not-json': [
    'Z_DATA_ERROR',
    'net::ERR_CONTENT_DECODING_FAILED',
    'net::ERR_INVALID_HTTP_RESPONSE',
    'net::ERR_INVALID_CHUNKED_ENCODING',
    'net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH',
  ],
};

/** Whole families, where no exact name is listed above. */
const families: readonly (readonly [RegExp, ErrorReason])[] = [
  [/^ERR_SSL_|^net::ERR_SSL_/, 'not-tls'],
  [/CERT|^UNABLE_TO_|^INVALID_(?:CA|PURPOSE)$|^PATH_LENGTH_EXCEEDED$/, 'certificate-not-trusted'],
  [/^HPE_/, 'not-json'],
  [/^EAI_/, 'name-not-found'],
];

const networkFault = /^net::|^E[A-Z]+$|^UND_ERR_|^ERR_NETWORK$/;

const exact = new Map(
  Object.entries(reasons).flatMap(([reason, names]) => names.map((name) => [name, reason as ErrorReason])),
);
const offline: ReadonlySet<ErrorReason> = new Set([
  'name-not-found',
  'connection-refused',
  'connection-lost',
  'timed-out',
  'no-network',
  'proxy-sign-in',
  'proxy-refused',
  'proxy-fault',
]);

/** Turns what a transport threw into an AppError that holds nothing of it but the name of the fault. */
export function toNetworkError(thrown: unknown, request: RequestLine): AppError {
  const name = findName(thrown);
  const cause = new HttpFailure(request, name ?? 'unnamed fault');
  // A network fault has a name, and so has a mistake of ours; without one the transport choked on the answer itself.
  if (name === undefined) return new AppError('untrusted-answer', { reason: 'not-json' }, cause);
  const reason = exact.get(name) ?? families.find(([pattern]) => pattern.test(name))?.[1];
  if (reason) return new AppError(codeOf(reason), { reason }, cause);
  // A network fault that we do not know is still one: the cache serves, and the log has the name.
  return new AppError(networkFault.test(name) ? 'offline' : 'internal', {}, cause);
}

function codeOf(reason: ErrorReason): ErrorCode {
  return offline.has(reason) ? 'offline' : 'untrusted-answer';
}

/** The first name of a fault along the chain of causes; axios and fetch wrap the one that matters. */
function findName(thrown: unknown, depth = 0): string | undefined {
  if (!(thrown instanceof Error) || depth > 5) return undefined;
  const chromium = /net::ERR_[A-Z0-9_]+/.exec(thrown.message)?.[0];
  if (chromium) return chromium;
  // Electron's net.fetch has no answer to hand out for a redirect that it may not follow.
  if (thrown.message === 'Redirect was cancelled') return 'net::ERR_UNSAFE_REDIRECT';
  const inner = findName(thrown.cause, depth + 1);
  if (inner) return inner;
  return 'code' in thrown && typeof thrown.code === 'string' ? thrown.code.slice(0, 80) : undefined;
}
