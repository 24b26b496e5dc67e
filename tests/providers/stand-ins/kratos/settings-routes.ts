import { personSchema } from '../../kratos/person-schema.ts';
import type { Answer, Route } from '../serve-stand-in.ts';
import {
  formJson,
  identityJson,
  lacksLevel,
  notFound,
  ok,
  refuse,
  refuseLevel,
  withProblems,
  type KratosCall,
} from './answers.ts';
import { isRightCode } from './login-routes.ts';
import { problem, settingsNodes, type Message } from './nodes.ts';
import { identifiersOf, makeCodes, type Form, type Identity, type Session } from './state.ts';
import { judgeTraits } from './trait-rules.ts';

type Filled = Readonly<Record<string, unknown>>;
type Problems = readonly (readonly [name: string, message: Message])[];

export const settingsRoutes: readonly Route<KratosCall>[] = [
  {
    method: 'GET',
    path: '/self-service/settings/api',
    answer: (at) => {
      const { state, call, session } = at;
      if (!session) return refuse(401, 'session_inactive');
      if (lacksLevel(at)) return refuseLevel(at);
      const form = state.openForm({ kind: 'settings', requestUrl: call.url.href, sessionId: session.id });
      return ok(show(at, session, form));
    },
  },
  { method: 'POST', path: '/self-service/settings', answer: sendSettings },
];

function show({ state }: KratosCall, session: Session, form: Form, problems: Problems = [], isSaved = false): object {
  const identity = state.identityOf(session);
  const saved: Message = { id: 1050001, text: 'Your changes have been saved!', type: 'success' };
  const general = problems.filter(([name]) => name === '').map(([, message]) => message);
  const ofNodes = problems.filter(([name]) => name !== '');
  return formJson(state, form, {
    nodes: withProblems(settingsNodes(state, form, identity), ofNodes, 'profile'),
    messages: isSaved ? [saved] : general,
    identity: identityJson(state, identity),
    state: isSaved ? 'success' : 'show_form',
  });
}

/** What an act did: problems, a refusal, or nothing wrong; `shows`: the form goes on. */
type Outcome = { readonly problems: Problems } | { readonly answer: Answer } | { readonly shows: boolean };

function sendSettings(at: KratosCall): Answer {
  const { state, call, session } = at;
  if (!session) return refuse(401, 'session_inactive');
  if (lacksLevel(at)) return refuseLevel(at);
  const form = state.forms.get(call.url.searchParams.get('flow') ?? '');
  if (form?.kind !== 'settings') return notFound();
  if (form.expiresAt <= Date.now()) {
    const next = state.openForm({ kind: 'settings', requestUrl: form.requestUrl, sessionId: session.id });
    return refuse(410, 'self_service_flow_expired', { expired_at: '', since: 1, use_flow_id: next.id });
  }
  const outcome = act(at, session, form, JSON.parse(call.body) as Filled);
  if ('answer' in outcome) return outcome.answer;
  if ('problems' in outcome) return { status: 400, json: show(at, session, form, outcome.problems) };
  return ok(show(at, session, form, [], !outcome.shows));
}

function act(at: KratosCall, session: Session, form: Form, filled: Filled): Outcome {
  const identity = at.state.identityOf(session);
  const method = methodOf(filled);
  if (method === 'profile') return changeProfile(at, session, identity, filled);
  const guarded = guardedActs[method];
  if (!guarded) return { problems: [['', problem(4010004, 'Could not find a strategy to update your settings.')]] };
  if (method === 'password' && filled['password'] === '')
    return { problems: [['password', problem(4000002, 'missing', { property: 'password' })]] };
  if (!at.state.isFresh(session)) return { answer: refuseStale(at, form) };
  return guarded({ at, session, identity, form, filled });
}

function methodOf(filled: Filled): string {
  if (Object.keys(filled).some((key) => key.startsWith('lookup_secret_'))) return 'lookup_secret';
  return String(filled['method']);
}

function refuseStale({ state }: KratosCall, form: Form): Answer {
  const back = encodeURIComponent(`${state.address}/self-service/settings?flow=${form.id}`);
  const redirect_browser_to = `${state.address}/self-service/login/browser?refresh=true&return_to=${back}`;
  return refuse(403, 'session_refresh_required', { redirect_browser_to });
}

function changeProfile(at: KratosCall, session: Session, identity: Identity, { traits }: Filled): Outcome {
  const { state } = at;
  const next = (traits ?? {}) as Identity['traits'];
  const problems = judgeTraits(personSchema.properties.traits, next);
  if (problems.length > 0) return { problems };
  const isGuarded = identifiersOf(next).join(' ') !== identifiersOf(identity.traits).join(' ');
  const form = state.forms.get(at.call.url.searchParams.get('flow') ?? '')!;
  if (isGuarded && !state.isFresh(session)) return { answer: refuseStale(at, form) };
  if (state.isTaken(next, identity.id))
    return { problems: [['', problem(4000007, 'An account with the same identifier exists already.')]] };
  identity.traits = next;
  return { shows: false };
}

interface Act {
  readonly at: KratosCall;
  readonly session: Session;
  readonly identity: Identity;
  readonly form: Form;
  readonly filled: Filled;
}

const guardedActs: Readonly<Record<string, (act: Act) => Outcome>> = {
  password: changePassword,
  totp: changeApp,
  lookup_secret: changeCodes,
  oidc: ({ identity, filled }) => {
    const id = String(filled['unlink']);
    if (identity.links.size === 0) return { answer: refuse(404) };
    if (!identity.links.delete(id))
      return { problems: [['', problem(4000001, 'can not unlink', { reason: 'can not unlink' })]] };
    return { shows: false };
  },
};

function changePassword({ identity, filled }: Act): Outcome {
  const next = String(filled['password']);
  const wrong = (id: number, context?: object): Outcome => ({
    problems: [['password', problem(id, 'refused', context)]],
  });
  if (identifiersOf(identity.traits).includes(next)) return wrong(4000031);
  if (next.length < 8) return wrong(4000032, { min_length: 8, actual_length: next.length });
  if (next.length > 72) return wrong(4000033, { max_length: 72, actual_length: next.length });
  if (next === identity.password) return wrong(4000039);
  identity.password = next;
  return { shows: false };
}

function changeApp({ identity, session, form, filled }: Act): Outcome {
  if (filled['totp_unlink'] === true) {
    identity.totp = undefined;
    return { shows: false };
  }
  if (identity.totp !== undefined) return { shows: false };
  if (!isRightCode(form.totp, filled['totp_code']))
    return { problems: [['totp_code', problem(4000008, 'The provided authentication code is invalid')]] };
  identity.totp = form.totp;
  session.methods.push({ method: 'totp', aal: 'aal2', at: Date.now() });
  return { shows: false };
}

function changeCodes({ identity, form, filled }: Act): Outcome {
  if (filled['lookup_secret_regenerate']) {
    form.codes = makeCodes();
    return { shows: true };
  }
  if (filled['lookup_secret_confirm']) {
    const reason = 'You must (re-)generate recovery backup codes before you can save them.';
    if (!form.codes) return { problems: [['', problem(4000001, reason, { reason })]] };
    identity.codes = form.codes.map((code) => ({ code }));
    form.codes = undefined;
    return { shows: false };
  }
  if (filled['lookup_secret_disable']) identity.codes = undefined;
  form.isRevealed = filled['lookup_secret_reveal'] === true;
  return { shows: form.isRevealed };
}
