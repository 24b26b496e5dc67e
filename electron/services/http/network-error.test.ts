import { AxiosError } from 'axios';
import { describe, expect, it } from 'vitest';
import { toNetworkError } from './network-error.ts';

const request = { method: 'GET', url: 'https://api.example.org/me?secret=1' } as const;
const explain = (thrown: unknown) => toNetworkError(thrown, request).message;

/** As Node throws it, inside what axios makes of it. */
function nodeError(code: string): AxiosError {
  return AxiosError.from(Object.assign(new Error(`${code} with details`), { code }));
}

/** As Electron's net.fetch throws it, inside what axios makes of it. */
function chromiumError(name: string): AxiosError {
  return AxiosError.from(new TypeError('fetch failed', { cause: new Error(`net::${name}`) }));
}

describe('D5 · a network fault has a name that a person can act on', () => {
  it.each([
    ['ENOTFOUND', 'offline (name-not-found)'],
    ['EAI_AGAIN', 'offline (name-not-found)'],
    ['EAI_FAIL', 'offline (name-not-found)'],
    ['ECONNREFUSED', 'offline (connection-refused)'],
    ['ECONNRESET', 'offline (connection-lost)'],
    ['EPIPE', 'offline (connection-lost)'],
    ['ETIMEDOUT', 'offline (timed-out)'],
    ['ENETUNREACH', 'offline (no-network)'],
    ['EHOSTUNREACH', 'offline (no-network)'],
    ['CERT_HAS_EXPIRED', 'untrusted-answer (certificate-expired)'],
    ['CERT_NOT_YET_VALID', 'untrusted-answer (certificate-expired)'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted-answer (certificate-not-trusted)'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted-answer (certificate-not-trusted)'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted-answer (certificate-not-trusted)'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrusted-answer (certificate-not-trusted)'],
    ['CERT_REVOKED', 'untrusted-answer (certificate-not-trusted)'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'untrusted-answer (certificate-other-host)'],
    ['EPROTO', 'untrusted-answer (not-tls)'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'untrusted-answer (not-tls)'],
    ['HPE_HEADER_OVERFLOW', 'untrusted-answer (too-large)'],
    ['HPE_INVALID_CONSTANT', 'untrusted-answer (not-json)'],
    ['EMFILE', 'offline'],
    ['ERR_INVALID_CHAR', 'internal'],
    ['ERR_BAD_OPTION', 'internal'],
  ])('Node: %s is %s', (code, outcome) => {
    expect(explain(nodeError(code))).toBe(outcome);
  });

  it.each([
    ['ERR_NAME_NOT_RESOLVED', 'offline (name-not-found)'],
    ['ERR_CONNECTION_REFUSED', 'offline (connection-refused)'],
    ['ERR_CONNECTION_RESET', 'offline (connection-lost)'],
    ['ERR_CONNECTION_CLOSED', 'offline (connection-lost)'],
    ['ERR_NETWORK_CHANGED', 'offline (connection-lost)'],
    ['ERR_CONNECTION_TIMED_OUT', 'offline (timed-out)'],
    ['ERR_INTERNET_DISCONNECTED', 'offline (no-network)'],
    ['ERR_ADDRESS_UNREACHABLE', 'offline (no-network)'],
    ['ERR_CERT_DATE_INVALID', 'untrusted-answer (certificate-expired)'],
    ['ERR_CERT_AUTHORITY_INVALID', 'untrusted-answer (certificate-not-trusted)'],
    ['ERR_CERT_REVOKED', 'untrusted-answer (certificate-not-trusted)'],
    ['ERR_CERT_COMMON_NAME_INVALID', 'untrusted-answer (certificate-other-host)'],
    ['ERR_SSL_PROTOCOL_ERROR', 'untrusted-answer (not-tls)'],
    ['ERR_CONTENT_LENGTH_MISMATCH', 'untrusted-answer (cut-short)'],
    ['ERR_INCOMPLETE_CHUNKED_ENCODING', 'untrusted-answer (cut-short)'],
    ['ERR_QUIC_PROTOCOL_ERROR', 'offline'],
  ])('Chromium: %s is %s', (name, outcome) => {
    expect(explain(chromiumError(name))).toBe(outcome);
  });

  it('Electron: a redirect that was not followed', () => {
    expect(explain(AxiosError.from(new Error('Redirect was cancelled')))).toBe('untrusted-answer (redirected)');
  });

  it('blames the answer where the transport names no fault', () => {
    expect(explain(new TypeError('invalid status text'))).toBe('untrusted-answer (not-json)');
    expect(explain('thrown text')).toBe('untrusted-answer (not-json)');
  });

  it('keeps method, path and name, and follows no endless chain of causes', () => {
    const looped = Object.assign(new Error('one'), { code: 'ECONNRESET' });
    looped.cause = looped;
    expect(toNetworkError(looped, request).cause).toMatchObject({ message: 'GET /me: ECONNRESET' });
  });
});
