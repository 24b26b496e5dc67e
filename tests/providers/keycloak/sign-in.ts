import { createHash, randomBytes } from 'node:crypto';
import { deskClient } from './realm.ts';
import { describePage, hasForm, type Page, type PageVisitor } from './page-visitor.ts';

// The authorization request of another client than ours, by hand: code, PKCE S256, loopback redirect.

/** Nothing listens there: whoever is sent to it has come back. */
const redirectUri = 'http://127.0.0.1:9/callback';

export interface Tokens {
  readonly access_token: string;
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly refresh_expires_in: number;
  readonly id_token: string;
  readonly scope: string;
}

export interface Authorization {
  readonly address: URL;
  readonly verifier: string;
  readonly clientId: string;
}

/** `extra`: further parameters, as kc_action, prompt, max_age, scope. */
export function authorize(
  issuer: string,
  extra: Readonly<Record<string, string>> = {},
  clientId = deskClient,
): Authorization {
  const verifier = randomBytes(32).toString('base64url');
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid',
    state: randomBytes(8).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...extra,
  });
  return { address: new URL(`${issuer}/protocol/openid-connect/auth?${parameters.toString()}`), verifier, clientId };
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Opens the authorization address and types name and password where they are asked for. */
export async function signInAt(
  visitor: PageVisitor,
  { address }: Authorization,
  { username, password }: Credentials,
): Promise<Page> {
  const page = await visitor.open(address);
  return hasForm(page, 'kc-form-login') ? visitor.submit(page, { username, password }, 'kc-form-login') : page;
}

/** The answer of the token endpoint to the code that the browser was sent back with. */
export function exchange(issuer: string, { verifier, clientId }: Authorization, back: Page): Promise<Response> {
  const code = back.address.searchParams.get('code');
  if (code === null) throw new Error(`no code: ${describePage(back)}`);
  return askForTokens(issuer, {
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
}

export function refresh(issuer: string, refreshToken: string, clientId = deskClient): Promise<Response> {
  return askForTokens(issuer, { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken });
}

export function askForTokens(issuer: string, form: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(`${issuer}/protocol/openid-connect/token`, { method: 'POST', body: new URLSearchParams(form) });
}

/** From the first page to the tokens. */
export async function takeTokens(
  issuer: string,
  visitor: PageVisitor,
  credentials: Credentials,
  extra: Readonly<Record<string, string>> = {},
  clientId = deskClient,
): Promise<Tokens> {
  const authorization = authorize(issuer, extra, clientId);
  const back = await signInAt(visitor, authorization, credentials);
  const response = await exchange(issuer, authorization, back);
  if (!response.ok) throw new Error(`no tokens: ${String(response.status)} ${await response.text()}`);
  return (await response.json()) as Tokens;
}
