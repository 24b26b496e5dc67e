import { randomBytes } from 'node:crypto';
import { TOTP } from 'otpauth';
import type { Answer, Route } from '../serve-stand-in.ts';
import { askForGrant, decideGrant } from './oauth-pages.ts';
import { oauthRoutes } from './oauth-routes.ts';
import { answerVerification, keysPage } from './ssh-verification.ts';
import type { GiteaPerson, WebCall } from './state.ts';
import { page } from '../web-page.ts';

// The pages of a browser, which has a cookie and no token.

const cookieName = 'i_like_gitea';

export const webRoutes: readonly Route<WebCall>[] = [
  { method: 'GET', path: '/user/login', answer: () => ({ status: 200, html: signInPage('') }) },
  { method: 'POST', path: '/user/login', answer: signIn },
  ...oauthRoutes,
  { method: 'GET', path: '/login/oauth/authorize', answer: signedIn(({ state, call }) => askForGrant(state, call)) },
  {
    method: 'POST',
    path: '/login/oauth/grant',
    answer: signedIn(({ state, call }, person) => decideGrant(state, person, call)),
  },
  {
    method: 'GET',
    path: '/user/settings/keys',
    answer: signedIn(({ state, call }, person) => ({ status: 200, html: keysPage(state, person, call.url) })),
  },
  {
    method: 'POST',
    path: '/user/settings/keys',
    answer: signedIn(({ state, call }, person) => answerVerification(state, person, call.body)),
  },
  {
    method: 'GET',
    path: '/user/settings/{page}',
    answer: signedIn((_call, person, name) => ({
      status: 200,
      html: page(`Settings: ${name}`, `<p>${person.login}</p>`),
    })),
  },
];

/** Who has no cookie is sent to sign in first, and back. */
function signedIn(
  answer: (call: WebCall, person: GiteaPerson, page: string) => Answer | Promise<Answer>,
): Route<WebCall>['answer'] {
  return (web, params) => {
    const [, cookie = ''] = new RegExp(`${cookieName}=(\\w+)`).exec(web.call.headers.cookie ?? '') ?? [];
    const person = web.state.sessions.get(cookie);
    if (person) return answer(web, person, params['page'] ?? '');
    const back = encodeURIComponent(`${web.call.url.pathname}${web.call.url.search}`);
    return { status: 303, headers: { location: `/user/login?redirect_to=${back}` } };
  };
}

function signIn({ state, call }: WebCall): Answer {
  const form = new URLSearchParams(call.body);
  const person = state.people.find(({ login }) => login === form.get('user_name'));
  const isRight = person?.password === form.get('password');
  if (!person || !isRight) return { status: 200, html: signInPage('Username or password is incorrect.') };
  const { otp } = person;
  if (otp && new TOTP({ secret: otp.secret }).validate({ token: form.get('passcode') ?? '' }) === null)
    return { status: 200, html: signInPage('Your passcode is incorrect.') };
  person.lastLogin = new Date();
  person.settings.language ||= 'en-US';
  const cookie = randomBytes(16).toString('hex');
  state.sessions.set(cookie, person);
  const back = call.url.searchParams.get('redirect_to') ?? '/';
  // Never to another host.
  const location = /^\/(?![/\\])/.test(back) ? back : '/';
  return {
    status: 303,
    headers: { location, 'set-cookie': `${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Lax` },
  };
}

function signInPage(message: string): string {
  return page(
    'Sign in',
    `<p role="alert">${message}</p><form method="post">
<label>Username <input name="user_name"></label>
<label>Password <input name="password" type="password"></label>
<label>Passcode <input name="passcode"></label>
<button>Sign in</button></form>`,
  );
}
