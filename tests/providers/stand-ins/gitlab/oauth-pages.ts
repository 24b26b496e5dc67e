import { randomBytes } from 'node:crypto';
import type { Answer, Call } from '../serve-stand-in.ts';
import { escapeHtml, page } from '../web-page.ts';
import type { GitlabApplication, GitlabPerson, GitlabState, WebCall } from './state.ts';

// What the browser shows between a client's question and its answer.

interface Question {
  readonly application: GitlabApplication;
  readonly redirectUri: string;
  readonly state: string;
  readonly scopes: readonly string[];
  readonly challenge: string;
  readonly nonce: string;
}

/** GET /oauth/authorize, signed in. */
export function askForGrant(state: GitlabState, { url }: Call): Answer {
  const question = readQuestion(state, url.searchParams);
  if ('status' in question) return question;
  const hidden = Object.entries({ ...Object.fromEntries(url.searchParams) }).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const html = page(
    `${question.application.name} is requesting access to your account`,
    `<p>${escapeHtml(question.scopes.join(' '))}</p><form method="post">${hidden.join('')}
<button name="decision" value="authorize">Authorize</button><button name="decision" value="deny">Cancel</button></form>`,
  );
  return { status: 200, html };
}

/** POST /oauth/authorize: the person has pressed one of the buttons. */
export function decideGrant({ state, call }: WebCall, person: GitlabPerson): Answer {
  const form = new URLSearchParams(call.body);
  const question = readQuestion(state, form);
  if ('status' in question) return question;
  if (form.get('decision') !== 'authorize')
    return sendBack(question, {
      error: 'access_denied',
      error_description: 'The resource owner or authorization server denied the request.',
    });
  const { application, redirectUri, scopes, challenge, nonce } = question;
  const value = randomBytes(32).toString('hex');
  state.codes.push({ value, application, person, scopes, redirectUri, challenge, nonce });
  return sendBack(question, { code: value });
}

/** An answer where the question is refused: a page where the way back is not known, else a redirect. */
function readQuestion({ applications }: GitlabState, asked: URLSearchParams): Question | Answer {
  const value = (name: string) => asked.get(name) ?? '';
  const application = applications.find(({ clientId }) => clientId === value('client_id'));
  if (!application)
    return errorPage('Client authentication failed due to unknown client, no client authentication included.');
  const question: Question = {
    ...{ application, redirectUri: value('redirect_uri'), state: value('state'), nonce: value('nonce') },
    ...{ scopes: value('scope').split(' ').filter(Boolean), challenge: value('code_challenge') },
  };
  if (!application.redirectUris.some((known) => fits(question.redirectUri, known)))
    return errorPage('The redirect URI included is not valid.');
  if (!question.scopes.every((scope) => application.scopes.includes(scope)))
    return sendBack(question, {
      error: 'invalid_scope',
      error_description: 'The requested scope is invalid, unknown, or malformed.',
    });
  return question;
}

/** Any port of a loopback address, all else to the letter (doorkeeper, `URIChecker`). */
function fits(uri: string, known: string): boolean {
  const withoutPort = (address: string) => address.replace(/^(http:\/\/(?:127(?:\.\d+){3}|\[::1\])):\d+/, '$1');
  return uri === known || (withoutPort(uri) !== uri && withoutPort(uri) === withoutPort(known));
}

/** Without `iss`. */
function sendBack({ redirectUri, state }: Question, parameters: Readonly<Record<string, string>>): Answer {
  const location = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...parameters, state })) location.searchParams.set(name, value);
  return { status: 302, headers: { location: location.href } };
}

function errorPage(text: string): Answer {
  return { status: 401, html: page('An error has occurred', `<p>${escapeHtml(text)}</p>`) };
}

/** GET /oauth/device. */
export function devicePage({ deviceGrants }: GitlabState, { url }: Call): Answer {
  const code = url.searchParams.get('user_code') ?? '';
  const found = deviceGrants.find(({ userCode }) => userCode === code);
  const html = page(
    'Enter your code',
    `<p>${found ? escapeHtml(found.application.name) : ''}</p><form method="post">
<label>Code <input name="user_code" value="${escapeHtml(code)}"></label>
<button name="decision" value="authorize">Authorize</button><button name="decision" value="deny">Deny</button></form>`,
  );
  return { status: 200, html };
}

/** POST /oauth/device. */
export function decideDevice({ state, call }: WebCall, person: GitlabPerson): Answer {
  const form = new URLSearchParams(call.body);
  const found = state.deviceGrants.find(({ userCode }) => userCode === form.get('user_code'));
  if (!found) return { status: 200, html: page('Enter your code', '<p role="alert">The user code is invalid</p>') };
  if (form.get('decision') === 'authorize') found.person = person;
  else found.isDenied = true;
  return { status: 200, html: page('Device', '<p>You can close this page.</p>') };
}
