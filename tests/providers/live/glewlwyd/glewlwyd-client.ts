import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

// Another client than ours: the real curl.

interface GlewlwydAnswer {
  readonly status: number;
  /** Parsed where it is JSON, else its text, which is mostly empty. */
  readonly body: unknown;
}

export interface GlewlwydClient {
  /** `name=value` of the session's cookie; empty before a sign-in and after a sign-out. */
  cookie(): string;
  request(method: string, path: string, body?: unknown): Promise<GlewlwydAnswer>;
  /** The status: 200, or 401. */
  signIn(username: string, password: string): Promise<number>;
}

interface ClientOptions {
  /** What the list of sessions will call it. */
  readonly userAgent?: string | undefined;
  /** Of a session that began elsewhere. */
  readonly cookie?: string;
}

/** Somebody who has not signed in yet, unless a cookie is given. */
export function openClient(
  address: string,
  { userAgent = 'another client', cookie: begun = '' }: ClientOptions = {},
): GlewlwydClient {
  let cookie = begun;

  async function request(method: string, path: string, body?: unknown): Promise<GlewlwydAnswer> {
    const options = ['--silent', '--show-error', '--include', '--user-agent', userAgent, '--request', method];
    if (cookie) options.push('--cookie', cookie);
    if (body !== undefined) options.push('--json', JSON.stringify(body));
    const { stdout } = await promisify(execFile)('curl', [...options, `${address}${path}`], { timeout: 60_000 });
    const { status, head, text } = split(stdout);
    const set = /^set-cookie: *([^=]+)=([^;\r]*)/im.exec(head);
    if (set) cookie = set[2] === '' ? '' : `${set[1]!}=${set[2]!}`;
    return { status, body: parse(text) };
  }

  return {
    cookie: () => cookie,
    request,
    signIn: async (username, password) => (await request('POST', '/api/auth/', { username, password })).status,
  };
}

function split(output: string): { status: number; head: string; text: string } {
  const end = output.indexOf('\r\n\r\n');
  const head = output.slice(0, end);
  return { status: Number(/^HTTP\/\S+ (\d+)/.exec(head)?.[1]), head, text: output.slice(end + 4) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
