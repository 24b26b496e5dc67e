import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const tokenHeader = 'x-profile-desk-token';

interface Refusal {
  readonly status: 401 | 403 | 421;
  readonly error: string;
}

export interface RequestGuard {
  /** What every request must pass: DNS rebinding arrives with another Host (RFC 9110, 7.2 and 15.5.20). */
  checkHost(request: IncomingMessage): Refusal | undefined;
  /** What a request to the services must pass besides: own Origin where the browser names one, and the run's token. */
  checkCaller(request: IncomingMessage): Refusal | undefined;
}

/** `host` is what a browser sends for our address, e.g. 127.0.0.1:40123. */
export function createRequestGuard(host: string, token: string): RequestGuard {
  const expected = digest(token);
  function checkHost(request: IncomingMessage): Refusal | undefined {
    return request.headers.host === host
      ? undefined
      : { status: 421, error: 'this address answers under its own name only' };
  }
  return {
    checkHost,
    checkCaller(request) {
      const origin = request.headers.origin;
      if (origin !== undefined && origin !== `http://${host}`)
        return { status: 403, error: 'another page may not call this one' };
      const given = request.headers[tokenHeader];
      // Compared as digests: equal length always, and no timing tells how much of it was right.
      const isRight = typeof given === 'string' && timingSafeEqual(digest(given), expected);
      return isRight ? checkHost(request) : { status: 401, error: 'the token of this run is missing or wrong' };
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
