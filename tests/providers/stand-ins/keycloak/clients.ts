import { calendarClient, deskClient, deviceClient, strangerClient } from '../../keycloak/realm.ts';
import type { Form } from './actions/action.ts';
import { oauthError } from './answers.ts';

export interface StoredClient {
  readonly clientId: string;
  readonly name?: string;
  readonly baseUrl?: string;
  readonly asksConsent?: boolean;
  readonly hasBrowser?: boolean;
  readonly hasDevices?: boolean;
}

const clients: readonly StoredClient[] = [
  { clientId: deskClient, hasBrowser: true },
  {
    clientId: calendarClient,
    name: 'Team calendar',
    baseUrl: 'https://calendar.example/',
    asksConsent: true,
    hasBrowser: true,
  },
  { clientId: strangerClient, hasBrowser: true },
  { clientId: deviceClient, hasDevices: true },
];

export function findClient(clientId: string | undefined): StoredClient | undefined {
  return clients.find((client) => client.clientId === clientId);
}

/** Its id. Errors: Refusal. */
export function requireClient(form: Form): string {
  const client = findClient(form['client_id']);
  if (!client) throw oauthError('invalid_client', 'Invalid client or Invalid client credentials', 401);
  return client.clientId;
}

/** `http://127.0.0.1/*` is registered, without a port: any port will do, and no other name of this computer. */
export function isRegistered(redirectUri: string): boolean {
  return /^http:\/\/127\.0\.0\.1(:\d+)?\//.test(redirectUri);
}

const scopes = [
  'openid',
  'profile',
  'email',
  'offline_access',
  'roles',
  'acr',
  'basic',
  'web-origins',
  'address',
  'phone',
];

/** What was asked for, with what every program gets; undefined where one of them is not known. */
export function grantScope(asked: string): string | undefined {
  const names = asked.split(' ').filter(Boolean);
  if (!names.every((name) => scopes.includes(name))) return undefined;
  return [...new Set([...names, 'profile', 'email'])].join(' ');
}
