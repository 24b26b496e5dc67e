import { askByCurl, type CurlAnswer } from '../conformance/ask-by-curl.ts';

// A program of others at a Kratos: the real curl, and a session of its own.

type Method = 'GET' | 'POST' | 'DELETE';
type Json = Readonly<Record<string, unknown>>;

export interface KratosClient {
  readonly token: string;
  ask(method: Method, path: string, json?: unknown): Promise<CurlAnswer>;
  /** Opens a form and sends it. */
  fill(form: 'login' | 'settings', filled: Json, query?: string): Promise<CurlAnswer>;
}

export function clientWith(address: string, token = ''): KratosClient {
  const headers = token === '' ? [] : [`X-Session-Token: ${token}`];
  const ask: KratosClient['ask'] = (method, path, json) => askByCurl(address + path, { method, headers, json });
  return {
    token,
    ask,
    async fill(form, filled, query = '') {
      const { status, body } = await ask('GET', `/self-service/${form}/api${query}`);
      if (status !== 200) return { status, body };
      return ask('POST', `/self-service/${form}?flow=${(body as { readonly id: string }).id}`, filled);
    },
  };
}

/** Undefined where the password is not the person's. */
export async function signInByCurl(
  address: string,
  identifier: string,
  password: string,
): Promise<KratosClient | undefined> {
  const { status, body } = await clientWith(address).fill('login', { method: 'password', identifier, password });
  return status === 200 ? clientWith(address, (body as { readonly session_token: string }).session_token) : undefined;
}
