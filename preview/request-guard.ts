import type { IncomingMessage } from 'node:http';
import type { Admission } from './admission.ts';

const tokenHeader = 'x-profile-desk-token';
const codeHeader = 'x-profile-desk-code';

/** What leads to the services; every other address is that of a file, and for everybody. */
const calls: ReadonlyMap<string, string> = new Map([
  ['/rpc', 'POST'],
  ['/events', 'GET'],
]);

export interface Refusal {
  readonly status: 401 | 403 | 405 | 421;
  readonly error: string;
  /** Methods that are answered there. */
  readonly allow?: string;
}

/**
 * Why a request to `host` (e.g. 127.0.0.1:40123) is not answered; undefined if it is. Every one needs our own Host,
 * since DNS rebinding arrives with another (RFC 9110, 7.2 and 15.5.20); one to the services besides our own Origin,
 * where the browser names one, and a page's token.
 */
export function findRefusal(
  request: IncomingMessage,
  host: string,
  admission: Pick<Admission, 'admits'>,
): Refusal | undefined {
  const { url = '', method = '', headers } = request;
  if (headers.host !== host) return { status: 421, error: 'this address answers under its own name only' };
  const call = calls.get(url);
  const allow = call ?? 'GET, HEAD';
  if (!allow.split(', ').includes(method)) return { status: 405, error: `only ${allow} is answered here`, allow };
  if (!call) return undefined;
  if (headers.origin !== undefined && headers.origin !== `http://${host}`)
    return { status: 403, error: 'another page may not call this one' };
  // Last of all, since it may use up a code.
  if (admission.admits(headerOf(request, tokenHeader), headerOf(request, codeHeader))) return undefined;
  const why = 'its link was used before or is of an earlier run, or a newer page took its place';
  return { status: 401, error: `this page is not let in: ${why}` };
}

function headerOf({ headers }: IncomingMessage, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}
