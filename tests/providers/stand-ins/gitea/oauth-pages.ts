import { randomBytes } from 'node:crypto';
import type { Answer, Call } from '../serve-stand-in.ts';
import type { GiteaApplication, GiteaPerson, GiteaState } from './state.ts';
import { escapeHtml, page } from '../web-page.ts';

// What the browser shows between a client's question and its redirect.

interface Question {
  readonly application: GiteaApplication;
  readonly redirectUri: string;
  readonly state: string;
  readonly scope: string;
  readonly nonce: string;
  readonly challenge: string;
  readonly method: string;
}

/** GET /login/oauth/authorize, signed in. A public client is asked about each time. */
export function askForGrant(state: GiteaState, { url }: Call): Answer {
  if (state.options.oauthIsOff) return { status: 403, text: 'Forbidden\n' };
  const question = readQuestion(state, url.searchParams);
  return 'status' in question ? question : { status: 200, html: grantPage(question) };
}

/** POST /login/oauth/grant: the person has pressed one of the buttons. */
export function decideGrant(state: GiteaState, person: GiteaPerson, { body }: Call): Answer {
  const form = new URLSearchParams(body);
  const question = readQuestion(state, form);
  if ('status' in question) return question;
  if (form.get('granted') !== 'true')
    return sendBack(question, { error: 'access_denied', error_description: 'the request is denied' });
  const { application, scope } = question;
  let grant = state.grants.find((other) => other.application === application && other.person === person);
  // The first one counts until it is revoked on the person's page of applications.
  if (grant && grant.scope !== scope)
    return sendBack(question, { error: 'server_error', error_description: 'a grant exists with different scope' });
  if (!grant) {
    grant = { id: state.nextId(), application, person, scope, nonce: '', counter: 0 };
    state.grants.push(grant);
  }
  grant.nonce = question.nonce || grant.nonce;
  const { redirectUri, challenge, method } = question;
  const value = `gta_${randomBytes(32).toString('hex')}`;
  state.codes.push({ value, grant, redirectUri, challenge, method });
  return sendBack(question, { code: value });
}

/** An answer where the question is refused: a page where the way back is not known, else a redirect. */
function readQuestion({ applications }: GiteaState, asked: URLSearchParams): Question | Answer {
  const value = (name: string) => asked.get(name) ?? '';
  const application = applications.find(({ clientId }) => clientId === value('client_id'));
  if (!application) return errorPage('unauthorized_client', 'Client ID not registered');
  const question: Question = {
    ...{
      application,
      redirectUri: value('redirect_uri'),
      state: value('state'),
      scope: value('scope'),
      nonce: value('nonce'),
    },
    ...{ challenge: value('code_challenge'), method: value('code_challenge_method') },
  };
  if (!containsRedirect(application, question.redirectUri))
    return errorPage('invalid_request', 'Unregistered Redirect URI');
  if (asked.has('response_type') && value('response_type') !== 'code')
    return refuse(question, 'unsupported_response_type', 'Only code response type is supported.');
  if (!question.method && !application.isConfidential)
    return refuse(question, 'invalid_request', 'PKCE is required for public clients');
  if (!['', 'plain', 'S256'].includes(question.method))
    return refuse(question, 'invalid_request', 'unsupported code challenge method');
  return question;
}

const refuse = (question: Question, error: string, description: string): Answer =>
  sendBack(question, { error, error_description: description });

/** Without `iss`. */
function sendBack({ redirectUri, state }: Question, parameters: Readonly<Record<string, string>>): Answer {
  const location = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...parameters, state })) location.searchParams.set(name, value);
  return { status: 303, headers: { location: location.href } };
}

function errorPage(code: string, description: string): Answer {
  return { status: 400, html: page('Authorization failed', `<p>${escapeHtml(`${code}: ${description}`)}</p>`) };
}

/** Letter by letter but for case and a slash at the end, and any port for a loopback address of a public client. */
function containsRedirect({ isConfidential, redirectUris }: GiteaApplication, uri: string): boolean {
  const loopback = /^http:\/\/(127(?:\.\d+){3}|\[::1\]):\d+(\/.*|$)/i.exec(uri);
  const candidates = [uri, ...(loopback && !isConfidential ? [`http://${loopback[1]!}${loopback[2]!}`] : [])];
  const normalize = (address: string) => address.toLowerCase().replace(/\/$/, '');
  return candidates.some((candidate) => redirectUris.some((known) => normalize(known) === normalize(candidate)));
}

function grantPage({ application, redirectUri, state, scope, nonce, challenge, method }: Question): string {
  const fields = {
    ...{ client_id: application.clientId, state, scope, nonce, redirect_uri: redirectUri },
    ...{ code_challenge: challenge, code_challenge_method: method },
  };
  const hidden = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  return page(
    `Authorize "${application.name}" to access your account?`,
    `<p>With scopes: <b>${escapeHtml(scope)}</b></p>
<form method="post" action="/login/oauth/grant">${hidden.join('')}
<button id="authorize-app" name="granted" value="true">Authorize Application</button>
<button name="granted" value="false">Cancel</button></form>`,
  );
}
