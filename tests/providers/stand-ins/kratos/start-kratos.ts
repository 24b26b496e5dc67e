import { findRoute, serveStandIn, type Answer, type Call, type Route } from '../serve-stand-in.ts';
import type { KratosServer } from '../../kratos/kratos-server.ts';
import { adminRoutes } from './admin-routes.ts';
import { notFound, type KratosCall } from './answers.ts';
import { loginRoutes } from './login-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { settingsRoutes } from './settings-routes.ts';
import { KratosState, type KratosOptions } from './state.ts';

// A stand-in of Ory Kratos, as version 26.2.0 was heard to answer (docs/providers/kratos-facts.md).

export interface KratosStandIn extends KratosServer, AsyncDisposable {
  readonly state: KratosState;
  /** Methods and paths that were asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export async function startKratosStandIn(options: KratosOptions = {}): Promise<KratosStandIn> {
  const state = new KratosState(options);
  const asked: string[] = [];
  const ownRoutes = [...loginRoutes, ...settingsRoutes, ...sessionRoutes];
  const own = await serveStandIn((call) => {
    asked.push(`${call.method} ${call.url.pathname}`);
    return answer(state, ownRoutes, call);
  });
  const admin = await serveStandIn((call) => answer(state, adminRoutes, call));
  state.address = own.address;
  const close = async () => {
    await own.close();
    await admin.close();
  };
  return {
    ...{ address: own.address, admin: admin.address, state, asked, close },
    ageSignIns(seconds) {
      for (const session of state.sessions.values()) session.authenticatedAt -= seconds * 1_000;
    },
    endSessionsIn(seconds) {
      for (const session of state.sessions.values()) session.expiresAt = Date.now() + seconds * 1_000;
    },
    expireForms() {
      for (const form of state.forms.values()) form.expiresAt = 0;
    },
    [Symbol.asyncDispose]: close,
  };
}

function answer(state: KratosState, routes: readonly Route<KratosCall>[], call: Call): Answer | Promise<Answer> {
  const token = call.headers['x-session-token'];
  const at: KratosCall = { state, call, session: state.sessionOf(typeof token === 'string' ? token : undefined) };
  const found = findRoute(routes, call.method, call.url.pathname);
  return 'route' in found ? found.route.answer(at, found.params) : notFound();
}
