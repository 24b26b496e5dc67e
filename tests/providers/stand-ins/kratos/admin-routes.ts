import { randomUUID } from 'node:crypto';
import type { Route } from '../serve-stand-in.ts';
import { identityJson, notFound, ok, type KratosCall } from './answers.ts';
import type { Identity, KratosState } from './state.ts';

// As much of the operator's port as the tests need to make people.

interface Body {
  readonly traits: Identity['traits'];
  readonly state?: Identity['state'];
  readonly credentials?: {
    readonly password?: { readonly config: { readonly password: string } };
    readonly oidc?: { readonly config: { readonly providers: readonly { readonly provider: string }[] } };
  };
}

export const adminRoutes: readonly Route<KratosCall>[] = [
  { method: 'GET', path: '/version', answer: () => ok({ version: 'v26.2.0' }) },
  {
    method: 'POST',
    path: '/admin/identities',
    answer: ({ state, call }) => {
      const { traits, credentials, state: way = 'active' } = JSON.parse(call.body) as Body;
      const links = new Set<string>();
      const password = credentials?.password?.config.password ?? '';
      const identity: Identity = { id: randomUUID(), traits, state: way, password, createdAt: Date.now(), links };
      state.identities.set(identity.id, identity);
      link(identity, credentials);
      return { status: 201, json: show(state, identity) };
    },
  },
  {
    method: 'GET',
    path: '/admin/identities/{id}',
    answer: ({ state }, { id = '' }) => {
      const found = state.identities.get(id);
      return found ? ok(show(state, found)) : notFound();
    },
  },
  {
    method: 'PUT',
    path: '/admin/identities/{id}',
    answer: ({ state, call }, { id = '' }) => {
      const found = state.identities.get(id);
      if (!found) return notFound();
      const { traits, credentials } = JSON.parse(call.body) as Body;
      found.traits = traits;
      link(found, credentials);
      return ok(show(state, found));
    },
  },
  {
    method: 'DELETE',
    path: '/admin/identities/{id}',
    answer: ({ state }, { id = '' }) => {
      state.identities.delete(id);
      return { status: 204 };
    },
  },
];

function link({ links }: Identity, credentials: Body['credentials']): void {
  for (const { provider } of credentials?.oidc?.config.providers ?? []) links.add(provider);
}

function show(state: KratosState, identity: Identity): object {
  const { totp, codes } = identity;
  const credentials = { ...(totp !== undefined && { totp: {} }), ...(codes && { lookup_secret: {} }) };
  return { ...identityJson(state, identity), credentials };
}
