import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Form } from '../actions/action.ts';
import { sendPage } from '../answers.ts';
import { sorry } from '../pages/html.ts';
import type { RealmState, StoredSession } from '../realm-state.ts';
import { Authentication } from './authenticate.ts';
import { AuthorizationFlow, type Step } from './flow.ts';
import type { Pending, PendingStore } from './pending.ts';
import type { Query } from './request.ts';

const cookieName = 'KEYCLOAK_IDENTITY';

/** What a browser sees: the authorization address, and the pages behind it. */
export function addAuthorizationRoutes(
  server: FastifyInstance,
  realm: RealmState,
  store: PendingStore,
  issuer: string,
): void {
  const flow = new AuthorizationFlow(realm, store, issuer);
  const authentication = new Authentication(realm, flow, issuer);
  const path = new URL(issuer).pathname;

  function send(reply: FastifyReply, step: Step, session?: StoredSession): FastifyReply {
    if (session)
      void reply.header('set-cookie', `${cookieName}=${session.id}; Path=${path}/; HttpOnly; Secure; SameSite=None`);
    return 'location' in step ? reply.redirect(step.location) : sendPage(reply, step.status, step.html);
  }

  function onStep(name: string, act: (pending: Pending, form: Form, request: FastifyRequest) => Step): void {
    server.post(`${path}/login-actions/${name}`, (request, reply) => {
      const pending = store.get((request.query as Query)['tab_id']);
      if (!pending) return sendPage(reply, 400, sorry('Page has expired'));
      return send(reply, act(pending, request.body as Form, request), pending.session);
    });
  }

  function findSession({ headers, ip }: FastifyRequest): StoredSession | undefined {
    const id = new RegExp(`${cookieName}=([^;]+)`).exec(headers.cookie ?? '')?.[1];
    const session = id === undefined ? undefined : realm.session(id, false);
    const person = realm.signsInAs === undefined ? undefined : realm.find(realm.signsInAs);
    return session ?? (person && realm.openSession(person, headers['user-agent'] ?? '', ip));
  }

  server.get(`${path}/protocol/openid-connect/auth`, (request, reply) => {
    const session = findSession(request);
    return send(reply, flow.begin(request.query as Query, session), session);
  });
  onStep('authenticate', (pending, form, { headers, ip }) =>
    authentication.submit(pending, form, { userAgent: headers['user-agent'] ?? '', ipAddress: ip }),
  );
  onStep('consent', (pending, form) => flow.consent(pending, form));
  onStep('required-action', (pending, form) => flow.act(pending, form));
}
