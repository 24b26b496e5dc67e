import { TOTP } from 'otpauth';
import type { Answer, Route } from '../serve-stand-in.ts';
import {
  done,
  formJson,
  identityJson,
  notFound,
  ok,
  refuse,
  sessionJson,
  withProblems,
  type KratosCall,
} from './answers.ts';
import { info, loginNodes, problem, type Message } from './nodes.ts';
import { levelOf, lifetimeMs, type Form, type Identity, type Session } from './state.ts';

type Filled = Readonly<Record<string, unknown>>;

export const loginRoutes: readonly Route<KratosCall>[] = [
  { method: 'GET', path: '/self-service/login/api', answer: openLogin },
  { method: 'POST', path: '/self-service/login', answer: sendLogin },
  {
    method: 'DELETE',
    path: '/self-service/logout/api',
    answer: ({ state, call }) => {
      const { session_token: token } = JSON.parse(call.body) as { readonly session_token: string };
      const found = [...state.sessions.values()].find((each) => each.token === token);
      // One that is over counts as ended: so a new sign-in is one, and what was never given is not.
      if (!found && !token.startsWith('ory_st_')) return refuse(403);
      if (found) state.sessions.delete(found.id);
      return done;
    },
  },
];

function openLogin(at: KratosCall): Answer {
  const { state, call, session } = at;
  const { searchParams } = call.url;
  const [isRefresh, aal] = [searchParams.get('refresh') === 'true', searchParams.get('aal') ?? 'aal1'];
  if (!session && aal === 'aal2') return refuse(401, 'session_aal1_required');
  if (session && !isRefresh && (aal === 'aal1' || levelOf(session) === 'aal2'))
    return refuse(400, 'session_already_available');
  const form = state.openForm({
    ...{ kind: 'login', requestUrl: call.url.href, isRefresh, aal: aal === 'aal2' ? 'aal2' : 'aal1' },
    sessionId: session?.id,
  });
  return ok(show(at, form));
}

function show({ state, session }: KratosCall, form: Form, problems: readonly [string, Message][] = []): object {
  const identity = session && state.identityOf(session);
  const nodes = loginNodes(state, form, identity);
  const general = problems.filter(([name]) => name === '').map(([, message]) => message);
  const hints = [
    ...(form.isRefresh ? [info(1010003, 'Please confirm this action by verifying that it is you.')] : []),
    ...(form.aal === 'aal2' && session && levelOf(session) === 'aal1'
      ? [info(1010004, 'Please complete the second authentication challenge.')]
      : []),
  ];
  return formJson(state, form, {
    nodes:
      nodes &&
      withProblems(
        nodes,
        problems.filter(([name]) => name !== ''),
        form.kind,
      ),
    messages: problems.length > 0 ? general : hints,
    state: 'choose_method',
  });
}

function sendLogin(at: KratosCall): Answer {
  const { state, call } = at;
  const form = state.forms.get(call.url.searchParams.get('flow') ?? '');
  if (form?.kind !== 'login') return notFound();
  if (form.expiresAt <= Date.now()) {
    const next = state.openForm({ kind: 'login', requestUrl: form.requestUrl });
    return refuse(410, 'self_service_flow_expired', { expired_at: '', since: 1, use_flow_id: next.id });
  }
  const filled = JSON.parse(call.body) as Filled;
  if (filled['method'] === 'password' && form.aal === 'aal1') return byPassword(at, form, filled);
  if (form.aal === 'aal2' && at.session) return byCode(at, at.session, form, filled);
  return { status: 400, json: show(at, form, [['', problem(4010002, 'Could not find a strategy')]]) };
}

function byPassword(at: KratosCall, form: Form, { identifier, password }: Filled): Answer {
  const { state, call, session } = at;
  form.typed = String(identifier);
  const found = state.findByIdentifier(form.typed);
  if (!found || found.password !== password)
    return { status: 400, json: show(at, form, [['', problem(4000006, 'The provided credentials are invalid')]]) };
  if (found.state !== 'active') return refuse(401);
  const isOwn = session?.identityId === found.id && form.isRefresh;
  const begun = isOwn ? session : state.startSession(found.id, call.headers['user-agent'] ?? '', 'password');
  if (isOwn) refresh(begun, 'password', 'aal1');
  return granted(at, found, begun);
}

function refresh(session: Session, method: string, aal: 'aal1' | 'aal2'): void {
  const now = Date.now();
  session.methods.push({ method, aal, at: now });
  session.authenticatedAt = now;
  session.expiresAt = now + lifetimeMs;
}

function granted({ state }: KratosCall, identity: Identity, session: Session): Answer {
  const isShut = levelOf(session) === 'aal1' && state.hasSecondStep(identity);
  const shown = { ...sessionJson(session), identity: isShut ? null : identityJson(state, identity) };
  return ok({ session_token: session.token, session: shown, continue_with: null });
}

function byCode(at: KratosCall, session: Session, form: Form, filled: Filled): Answer {
  const identity = at.state.identityOf(session);
  const wrong = filled['method'] === 'totp' ? judgeApp(identity, filled) : judgeCode(identity, filled);
  if (wrong) return { status: 400, json: show(at, form, [wrong]) };
  refresh(session, String(filled['method']), 'aal2');
  return granted(at, identity, session);
}

export function isRightCode(secret: string, code: unknown): boolean {
  return new TOTP({ secret }).validate({ token: String(code), window: 1 }) !== null;
}

function judgeApp({ totp }: Identity, { totp_code: code }: Filled): [string, Message] | undefined {
  if (totp === undefined) return ['', problem(4000011, 'You have no TOTP device set up.')];
  return isRightCode(totp, code) ? undefined : ['', problem(4000008, 'The code is invalid')];
}

function judgeCode({ codes = [] }: Identity, { lookup_secret: typed }: Filled): [string, Message] | undefined {
  const found = codes.find(({ code }) => code === typed);
  if (!found) return ['', problem(4000016, 'The backup recovery code is not valid.')];
  if (found.usedAt !== undefined) return ['', problem(4000012, 'has already been used')];
  found.usedAt = Date.now();
  return undefined;
}
