// A client of GitLab that is not ours: what a person would do with fetch and a browser without scripts.

interface GitlabAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON, else its text. */
  readonly body: unknown;
}

export type GitlabAsk = (method: string, path: string, body?: unknown) => Promise<GitlabAnswer>;

/** Requests of the API with a token; without one as nobody. A form goes as it is, all else as JSON. */
export function askGitlab(address: string, token?: string): GitlabAsk {
  return async (method, path, body) => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${address}/api/v4${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
    return readAnswer(response);
  };
}

async function readAnswer(response: Response): Promise<GitlabAnswer> {
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Text it is.
  }
  return { status: response.status, headers: response.headers, body };
}

interface GitlabBrowser {
  /** A page, or where it leads. */
  open(path: string): Promise<GitlabAnswer>;
  /** Sends the first form of the last page, its hidden fields and these. */
  submit(action: string, fields: Readonly<Record<string, string>>): Promise<GitlabAnswer>;
}

/** A browser in which this person has signed in. */
export async function signInToGitlab(
  address: string,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<GitlabBrowser> {
  const cookies = new Map<string, string>();
  let page = '';

  async function visit(path: string, init: RequestInit = {}): Promise<GitlabAnswer> {
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

  async function submit(action: string, fields: Readonly<Record<string, string>>): Promise<GitlabAnswer> {
    const hidden = [...page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
      /name="([^"]*)"/.exec(input)?.[1] ?? '',
      (/value="([^"]*)"/.exec(input)?.[1] ?? '').replaceAll('&#34;', '"').replaceAll('&amp;', '&'),
    ]);
    const body = new URLSearchParams({ ...(Object.fromEntries(hidden) as Record<string, string>), ...fields });
    return visit(action, { method: 'POST', body });
  }

  await visit('users/sign_in');
  await submit('users/sign_in', { 'user[login]': username, 'user[password]': password });
  return { open: (path) => visit(path), submit };
}
