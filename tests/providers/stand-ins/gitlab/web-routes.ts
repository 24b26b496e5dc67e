import { randomBytes } from 'node:crypto';
import type { Answer, Route } from '../serve-stand-in.ts';
import { page } from '../web-page.ts';
import { askForGrant, decideDevice, decideGrant, devicePage } from './oauth-pages.ts';
import { oauthRoutes } from './oauth-routes.ts';
import type { GitlabPerson, WebCall } from './state.ts';

// The pages of a browser, which has a cookie and no token.

const cookieName = '_gitlab_session';

export const webRoutes: readonly Route<WebCall>[] = [
  { method: 'GET', path: '/users/sign_in', answer: () => ({ status: 200, html: signInPage('') }) },
  { method: 'POST', path: '/users/sign_in', answer: signIn },
  ...oauthRoutes,
  { method: 'GET', path: '/oauth/authorize', answer: signedIn(({ state, call }) => askForGrant(state, call)) },
  { method: 'POST', path: '/oauth/authorize', answer: signedIn((web, person) => decideGrant(web, person)) },
  { method: 'GET', path: '/oauth/device', answer: signedIn(({ state, call }) => devicePage(state, call)) },
  { method: 'POST', path: '/oauth/device', answer: signedIn((web, person) => decideDevice(web, person)) },
  {
    method: 'GET',
    path: '/-/user_settings/{name}',
    answer: signedIn((_web, { username }, name) => ({ status: 200, html: page(`Settings: ${name}`, username) })),
  },
  {
    method: 'GET',
    path: '/-/profile/{name}',
    answer: signedIn((_web, { username }, name) => ({ status: 200, html: page(`Profile: ${name}`, username) })),
  },
];

/** Who has no cookie is sent to sign in first, and back. */
function signedIn(answer: (web: WebCall, person: GitlabPerson, name: string) => Answer): Route<WebCall>['answer'] {
  return (web, params) => {
    const [, cookie = ''] = new RegExp(`${cookieName}=(\\w+)`).exec(web.call.headers.cookie ?? '') ?? [];
    const person = web.state.sessions.get(cookie);
    if (person) return answer(web, person, params['name'] ?? '');
    const back = encodeURIComponent(`${web.call.url.pathname}${web.call.url.search}`);
    return { status: 302, headers: { location: `${web.state.options.root}/users/sign_in?redirect_to=${back}` } };
  };
}

function signIn({ state, call }: WebCall): Answer {
  const form = new URLSearchParams(call.body);
  const person = state.people.find(({ username }) => username === form.get('user[login]'));
  if (person?.password !== form.get('user[password]') || !person)
    return { status: 200, html: signInPage('Invalid login or password.') };
  const cookie = randomBytes(16).toString('hex');
  state.sessions.set(cookie, person);
  const back = call.url.searchParams.get('redirect_to') ?? '/';
  // Never to another host.
  const location = /^\/(?![/\\])/.test(back) ? back : '/';
  return { status: 302, headers: { location, 'set-cookie': `${cookieName}=${cookie}; Path=/; HttpOnly` } };
}

function signInPage(message: string): string {
  return page(
    'Sign in',
    `<p role="alert">${message}</p><form method="post">
<label>Username or primary email <input name="user[login]"></label>
<label>Password <input name="user[password]" type="password"></label>
<button>Sign in</button></form>`,
  );
}
