// A client of Gitea that is not ours: what a person would do with fetch and a browser without scripts.

export interface GiteaAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON, else its text. */
  readonly body: unknown;
}

export type GiteaAsk = (method: string, path: string, body?: unknown) => Promise<GiteaAnswer>;

export interface GiteaPersonName {
  readonly login: string;
  readonly password: string;
}

/** Requests of the API with this header, as in `token 0123…`; without one as nobody. */
export function askGitea(address: string, authorization?: string, more: Record<string, string> = {}): GiteaAsk {
  return async (method, path, body) => {
    const response = await fetch(`${address}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(authorization && { authorization }), 'content-type': 'application/json', ...more },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return readAnswer(response);
  };
}

export function basicOf({ login, password }: GiteaPersonName): string {
  return `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;
}

export async function readAnswer(response: Response): Promise<GiteaAnswer> {
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Text it is.
  }
  return { status: response.status, headers: response.headers, body };
}

export interface GiteaBrowser {
  /** A page, or where it leads. */
  open(path: string): Promise<GiteaAnswer>;
  /** Sends the first form of the last page, its hidden fields and these. */
  submit(action: string, fields: Readonly<Record<string, string>>): Promise<GiteaAnswer>;
}

/** A browser in which `person` has signed in. */
export async function signInToGitea(address: string, { login, password }: GiteaPersonName): Promise<GiteaBrowser> {
  const cookies = new Map<string, string>();
  let page = '';

  async function visit(path: string, init: RequestInit = {}): Promise<GiteaAnswer> {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(new URL(path, `${address}/`), { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const answer = await readAnswer(response);
    page = String(answer.body);
    return answer;
  }

  async function submit(action: string, fields: Readonly<Record<string, string>>): Promise<GiteaAnswer> {
    const hidden = [...page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
      /name="([^"]*)"/.exec(input)?.[1] ?? '',
      (/value="([^"]*)"/.exec(input)?.[1] ?? '').replaceAll('&#34;', '"').replaceAll('&amp;', '&'),
    ]);
    const body = new URLSearchParams({ ...(Object.fromEntries(hidden) as Record<string, string>), ...fields });
    return visit(action, { method: 'POST', body });
  }

  await visit('/user/login');
  await submit('/user/login', { user_name: login, password });
  return { open: (path) => visit(path), submit };
}
