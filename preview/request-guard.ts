import type { IncomingMessage } from 'node:http';
import type { Admission } from './admission.ts';

const tokenHeader = 'x-profile-desk-token';
const codeHeader = 'x-profile-desk-code';

interface Refusal {
  readonly status: 401 | 403 | 421;
  readonly error: string;
}

export interface RequestGuard {
  /** What every request must pass: DNS rebinding arrives with another Host (RFC 9110, 7.2 and 15.5.20). */
  checkHost(request: IncomingMessage): Refusal | undefined;
  /** What a request to the services must pass besides: own Origin where the browser names one, and a page's token. */
  checkCaller(request: IncomingMessage): Refusal | undefined;
}

/** `host` is what a browser sends for our address, e.g. 127.0.0.1:40123. */
export function createRequestGuard(host: string, admission: Pick<Admission, 'admits'>): RequestGuard {
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
      const elsewhere = checkHost(request);
      if (elsewhere) return elsewhere;
      // Last of all, since it may use up a code.
      return admission.admits(headerOf(request, tokenHeader), headerOf(request, codeHeader))
        ? undefined
        : {
            status: 401,
            error:
              'this page is not let in: its link was used before or is of an earlier run, or a newer page took its place',
          };
    },
  };
}

function headerOf({ headers }: IncomingMessage, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}
