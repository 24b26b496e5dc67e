import type { Credentials } from '../../keycloak/sign-in.ts';

/** The administrator's API of a real Keycloak, for what the realm file cannot say and for people made by tests. */
export class KeycloakAdmin {
  readonly #base: string;
  readonly #credentials: Credentials;
  #token: { readonly value: string; readonly until: number } | undefined;

  constructor(base: string, credentials: Credentials) {
    this.#base = base;
    this.#credentials = credentials;
  }

  /**
   * `path` begins behind `/admin/realms/`. Gives the JSON of the answer, if there is any. Errors: Error with the
   * answer.
   */
  async ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#base}/admin/realms/${path}`, {
      method,
      headers: { authorization: `Bearer ${await this.#takeToken()}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** It lives for a minute. */
  async #takeToken(): Promise<string> {
    if (this.#token && Date.now() < this.#token.until) return this.#token.value;
    const response = await fetch(`${this.#base}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...this.#credentials }),
    });
    if (!response.ok) throw new Error(`no token for the administrator: ${await response.text()}`);
    const { access_token: value } = (await response.json()) as { access_token: string };
    this.#token = { value, until: Date.now() + 30_000 };
    return value;
  }
}
