import { personSchema, schemaId } from '../../kratos/person-schema.ts';
import type { Route } from '../serve-stand-in.ts';
import {
  done,
  encoded,
  formJson,
  identityJson,
  lacksLevel,
  notFound,
  ok,
  refuse,
  refuseLevel,
  sessionJson,
  withProblems,
  type KratosCall,
} from './answers.ts';
import { info, input, problem, type Message } from './nodes.ts';
import type { Form, KratosState, Session } from './state.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export const sessionRoutes: readonly Route<KratosCall>[] = [
  {
    method: 'GET',
    path: '/sessions/whoami',
    answer: (at) => {
      if (!at.session) return refuse(401);
      if (lacksLevel(at)) return refuseLevel(at);
      return ok({ ...sessionJson(at.session), identity: identityJson(at.state, at.state.identityOf(at.session)) });
    },
  },
  {
    method: 'GET',
    path: '/sessions',
    answer: (at) => {
      if (!at.session) return refuse(401);
      if (lacksLevel(at)) return refuseLevel(at);
      const { searchParams } = at.call.url;
      const size = Number(searchParams.get('per_page') ?? 250);
      // From 1; 0 is the same page.
      const page = Math.max(1, Number(searchParams.get('page') ?? 1));
      const all = othersOf(at.state, at.session).slice((page - 1) * size, page * size);
      return ok(all.map((each) => ({ ...sessionJson(each), identity: shortIdentity(at.state, each) })));
    },
  },
  {
    method: 'DELETE',
    path: '/sessions',
    answer: (at) => {
      if (!at.session) return refuse(401);
      if (lacksLevel(at)) return refuseLevel(at);
      const others = othersOf(at.state, at.session);
      for (const { id } of others) at.state.sessions.delete(id);
      return ok({ count: others.length });
    },
  },
  {
    method: 'DELETE',
    path: '/sessions/{id}',
    answer: (at, { id = '' }) => {
      if (!at.session) return refuse(401);
      if (lacksLevel(at)) return refuseLevel(at);
      if (id === at.session.id || !uuid.test(id)) return withoutReason(400);
      if (at.state.sessions.get(id)?.identityId === at.session.identityId) at.state.sessions.delete(id);
      // Of no body it says the kind too.
      return { ...done, headers: { 'content-type': 'application/json; charset=utf-8' } };
    },
  },
  {
    method: 'GET',
    path: '/schemas/{id}',
    answer: (_at, { id }) => (id === schemaId || id === encoded(schemaId) ? ok(personSchema) : notFound()),
  },
  { method: 'GET', path: '/health/ready', answer: () => ok({ status: 'ok' }) },
  {
    method: 'GET',
    path: '/self-service/recovery/api',
    answer: ({ state, call }) => {
      const form = state.openForm({ kind: 'recovery', requestUrl: call.url.href });
      return ok(showRecovery(state, form, [], 'choose_method'));
    },
  },
  { method: 'POST', path: '/self-service/recovery', answer: sendRecovery },
];

function withoutReason(status: number) {
  return { status, json: { error: { code: status, status: 'Bad Request', message: 'refused' } } };
}

function othersOf(state: KratosState, own: Session): Session[] {
  const all = [...state.sessions.values()].filter(({ identityId }) => identityId === own.identityId);
  return all.filter(({ id, expiresAt }) => id !== own.id && expiresAt > Date.now());
}

/** In a list it comes without addresses. */
function shortIdentity(state: KratosState, session: Session): object {
  const all = Object.entries(identityJson(state, state.identityOf(session)));
  return { ...Object.fromEntries(all.filter(([key]) => !key.endsWith('_addresses'))), schema_url: '' };
}

function sendRecovery({ state, call }: KratosCall) {
  const form = state.forms.get(call.url.searchParams.get('flow') ?? '');
  if (form?.kind !== 'recovery') return notFound();
  const { email } = JSON.parse(call.body) as { readonly email: string };
  if (!email.includes('@')) {
    const wrong = problem(4000040, 'Enter a valid email address', { value: email });
    return { status: 400, json: showRecovery(state, form, [['email', wrong]], 'choose_method') };
  }
  form.typed = email;
  if (state.findByIdentifier(email)) state.resetMails.push(email);
  return ok(
    showRecovery(state, form, [['', info(1060002, 'An email containing a recovery link has been sent')]], 'sent_email'),
  );
}

function showRecovery(state: KratosState, form: Form, said: readonly [string, Message][], step: string): object {
  const group = state.options.recovery;
  const nodes = [
    input('default', 'csrf_token', 'hidden', { value: '', required: true }),
    input(
      group,
      'email',
      'email',
      { required: true, ...(form.typed && { value: form.typed }) },
      info(1070007, 'Email'),
    ),
    input(group, 'method', 'submit', { value: group }, info(1070009, 'Continue')),
  ];
  const general = said.filter(([name]) => name === '').map(([, message]) => message);
  const ofNodes = said.filter(([name]) => name !== '');
  return formJson(state, form, { nodes: withProblems(nodes, ofNodes, group), messages: general, state: step });
}
