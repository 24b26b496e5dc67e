import { randomUUID } from 'node:crypto';
import { schemaId } from './person-schema.ts';

// A Kratos with its two ports, the real one or its stand-in.

export interface KratosServer {
  /** Of the public API, without a slash at its end. */
  readonly address: string;
  /** Of the operator's. */
  readonly admin: string;
  /** As if everybody had signed in so many seconds earlier. */
  ageSignIns(seconds: number): void;
  /** As if every session would end so many seconds from now. */
  endSessionsIn(seconds: number): void;
  /** As if every form that is open were too old. */
  expireForms(): void;
}

export interface KratosPerson {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

type Traits = Readonly<Record<string, unknown>>;

/** The identity provider that the tests' Kratos knows: it is never asked. */
export const oidcProvider = { id: 'example', label: 'Example login' };

let count = 0;

/** Somebody whom no other test knows; the operator makes people. */
export async function addPerson(
  { admin }: Pick<KratosServer, 'admin'>,
  traits: Traits = {},
  more: object = {},
): Promise<KratosPerson> {
  count += 1;
  const email = `kim-${count}-${randomUUID().slice(0, 8)}@example.org`;
  const password = `Loud-meadow-${randomUUID().slice(0, 8)}`;
  const body = {
    schema_id: schemaId,
    traits: { email, ...traits },
    credentials: { password: { config: { password } } },
    ...more,
  };
  const { id } = (await askAdmin(admin, 'POST', '/admin/identities', body)) as { readonly id: string };
  return { id, email: String(traits['email'] ?? email), password };
}

/** Links an identity, which a person does with a browser. */
export async function linkIdentity({ admin }: Pick<KratosServer, 'admin'>, id: string): Promise<void> {
  const path = `/admin/identities/${id}`;
  const { traits } = (await askAdmin(admin, 'GET', path)) as { readonly traits: Traits };
  const providers = [{ subject: `subject-${id}`, provider: oidcProvider.id }];
  const credentials = { oidc: { config: { providers } } };
  await askAdmin(admin, 'PUT', path, { schema_id: schemaId, state: 'active', traits, credentials });
}

export async function readTraits({ admin }: Pick<KratosServer, 'admin'>, id: string): Promise<Traits> {
  return ((await askAdmin(admin, 'GET', `/admin/identities/${id}`)) as { readonly traits: Traits }).traits;
}

export async function hasCredential(
  { admin }: Pick<KratosServer, 'admin'>,
  id: string,
  kind: 'totp' | 'lookup_secret',
): Promise<boolean> {
  const path = `/admin/identities/${id}?include_credential=${kind}`;
  const { credentials = {} } = (await askAdmin(admin, 'GET', path)) as { readonly credentials?: object };
  return kind in credentials;
}

async function askAdmin(admin: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(admin + path, {
    method,
    headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
  return text === '' ? undefined : JSON.parse(text);
}
