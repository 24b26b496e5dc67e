import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

// A client that is not ours: the real curl.

export interface CurlAnswer {
  readonly status: number;
  /** Parsed where it is JSON, else its text. */
  readonly body: unknown;
}

export interface CurlRequest {
  /** `PATCH` sends a JSON Merge Patch. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: readonly string[];
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
}

const statusLine = '\n%{http_code}';

export async function askByCurl(
  address: string,
  { method = 'GET', headers = [], json, form = {} }: CurlRequest = {},
): Promise<CurlAnswer> {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const sent = [
    ...['Accept: application/json', ...(json === undefined ? [] : [`Content-Type: ${type}`]), ...headers].flatMap(
      (header) => ['--header', header],
    ),
    ...(json === undefined ? [] : ['--data', JSON.stringify(json)]),
    ...Object.entries(form).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`]),
  ];
  const options = ['--silent', '--show-error', '--write-out', statusLine, '--request', method, ...sent];
  const { stdout } = await promisify(execFile)('curl', [...options, address], { timeout: 60_000 });
  const end = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(end + 1)), body: parse(stdout.slice(0, end)) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
