import type { StoredPerson } from '../realm-state.ts';
import { button, escapeHtml, form, input, page } from './html.ts';

export interface SignInPage {
  readonly action: string;
  /** Filled in; a `fixed` one cannot be changed: whoever is signed in proves it again. */
  readonly name?: string | undefined;
  readonly isFixed?: boolean;
  readonly message?: string | undefined;
}

export function signInPage({ action, name = '', isFixed = false, message }: SignInPage): string {
  const who = isFixed ? `<p>${escapeHtml(name)}</p>` : input('username', 'Username or email', 'text', name);
  const fields = `${who}${input('password', 'Password', 'password')}${input('credentialId', '', 'hidden')}`;
  return page(
    'Sign in to your account',
    form(action, `${fields}${button('kc-login', 'Sign In', 'login')}`, 'kc-form-login'),
    message,
  );
}

export function otpPage(action: string, message?: string): string {
  const fields = `${input('otp', 'One-time code')}${button('kc-login', 'Sign In', 'login')}`;
  const another = form(action, input('tryAnotherWay', '', 'hidden', 'on'), 'kc-select-try-another-way-form');
  return page('Sign In', `${form(action, fields, 'kc-otp-login-form')}${another}`, message);
}

/** `number` counts from 1: the code that is asked for. */
export function recoveryCodePage(action: string, number: number, message?: string): string {
  const code = input('recoveryCodeInput', `Recovery code #${String(number)}`);
  const fields = `${code}${button('kc-login', 'Sign In', 'login')}`;
  const title = 'Login with a recovery authentication code';
  return page(title, form(action, fields, 'kc-recovery-code-login-form'), message);
}

/** One form for each way. */
export function waysPage(action: string, ways: readonly string[]): string {
  const forms = ways.map((way) =>
    form(
      action,
      `${input('authenticationExecution', '', 'hidden', way)}${button(way, way)}`,
      'kc-select-credential-form',
    ),
  );
  return page('Select login method', forms.join(''));
}

export function consentPage(action: string, client: string, person: StoredPerson): string {
  const question = `<p>Do you grant these access privileges, ${escapeHtml(person.username)}?</p>`;
  const fields = `${input('code', '', 'hidden', 'stand-in')}${button('kc-login', 'Yes', 'accept', 'Yes')}${button('kc-cancel', 'No', 'cancel', 'No')}`;
  return page(`Grant Access to ${client}`, `${question}${form(action, fields)}`);
}
