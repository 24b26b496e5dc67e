import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createKratosProvider } from '../../electron/services/provider/kratos/create-kratos-provider.ts';
import { personSchema } from '../providers/kratos/person-schema.ts';
import type { Handler } from './fault-server.ts';
import { reply } from './faults.ts';
import { serveRoutes, type RouteServer } from './serve-routes.ts';

// A Kratos that is well, of which each route can be broken.

export const json = (value: unknown, status = 200) => reply(JSON.stringify(value), {}, status);
export const refusal = (status: number, id?: string) => json({ error: { ...(id && { id }), code: status } }, status);

export const identity = {
  id: 'i1',
  schema_id: 'person',
  traits: { email: 'ada@example.org' },
  created_at: '2024-05-01T12:00:00Z',
};
export const session = { id: 's1', expires_at: '2030-01-01T00:00:00Z', authenticated_at: '2026-01-01T00:00:00Z' };
export const node = (group: string, name: string, value?: unknown) => ({
  group,
  attributes: { name, value },
  messages: [],
});
export const textNode = (id: string, context: object) => ({
  ...{ group: 'totp', messages: [] },
  attributes: { id, text: { id: 1, text: 'x', type: 'info', context } },
});
export const form = (nodes: unknown, more: object = {}) => ({
  ...{ id: 'f1', type: 'api', expires_at: '2030-01-01T00:00:00Z', identity },
  ui: { action: 'http://x/self-service/login?flow=f1', method: 'POST', nodes },
  ...more,
});
export const settings = form([node('password', 'password'), textNode('totp_secret_key', { secret: 'A'.repeat(32) })]);

const healthy: Readonly<Record<string, Handler>> = {
  'GET /sessions/whoami': json({ ...session, identity }),
  'GET /schemas/person': json(personSchema),
  'GET /self-service/settings/api': json(settings),
  'POST /self-service/settings': json(settings),
  'GET /self-service/login/api': json(form([node('password', 'password'), node('default', 'identifier', 'ada')])),
  'GET /sessions': json([{ ...session, id: 's2' }]),
};

export const provider = createKratosProvider({ clock: createSystemClock(), version: '1.0.0' });

/** A server that is well but for these paths. */
export function serveKratos(broken: Readonly<Record<string, Handler>>): Promise<RouteServer> {
  return serveRoutes({ ...healthy, ...broken }, (_request, missed) => missed.writeHead(404).end('404'));
}

export const stranger = 'untrusted-answer (not-a-profile-service)';
