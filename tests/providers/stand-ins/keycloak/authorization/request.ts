import { findClient, grantScope, isRegistered } from '../clients.ts';
import type { Pending } from './pending.ts';

export type Query = Readonly<Record<string, string | undefined>>;

/** `sorry` is a page, since nobody is known to send the browser back to; `back` goes to the program. */
export type ReadRequest =
  | { readonly kind: 'sorry'; readonly message: string }
  | { readonly kind: 'back'; readonly error: Readonly<Record<string, string>> }
  | { readonly kind: 'good'; readonly pending: Omit<Pending, 'tab'> };

const wrongMethod = 'Invalid parameter: code challenge method is not matching the configured one';

export function readRequest(query: Query): ReadRequest {
  const client = findClient(query['client_id']);
  if (!client?.hasBrowser) return { kind: 'sorry', message: 'Client not found.' };
  const redirectUri = query['redirect_uri'] ?? '';
  if (!isRegistered(redirectUri)) return { kind: 'sorry', message: 'Invalid parameter: redirect_uri' };
  const scope = grantScope(query['scope'] ?? '');
  const challenge = query['code_challenge'];
  if (query['response_type'] !== 'code') return back({ error: 'unsupported_response_type' });
  if (scope === undefined)
    return back({ error: 'invalid_scope', error_description: `Invalid scopes: ${query['scope'] ?? ''}` });
  if (!challenge || query['code_challenge_method'] !== 'S256')
    return back({ error: 'invalid_request', error_description: wrongMethod });
  const [action, ...parameter] = query['kc_action']?.split(':') ?? [];
  const { state, nonce, login_hint: hint } = query;
  return {
    kind: 'good',
    pending: { client, redirectUri, scope, challenge, state, nonce, hint, action, parameter: parameter.join(':') },
  };
}

function back(error: Readonly<Record<string, string>>): ReadRequest {
  return { kind: 'back', error };
}

/** Where the browser goes back to, with what it carries. */
export function makeReturn(redirectUri: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const address = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) address.searchParams.set(name, value);
  return address.href;
}
