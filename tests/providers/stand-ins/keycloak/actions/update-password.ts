import { button, cancelButton, form, input, page, signOutOthers } from '../pages/html.ts';
import { makeCredential } from '../realm-state.ts';
import { endOtherSessions, success, type Action } from './action.ts';

const shortest = 8;

function show(address: string, message?: string): string {
  const fields = `${input('password-new', 'New Password', 'password')}${input('password-confirm', 'Confirm password', 'password')}`;
  const body = form(
    address,
    `${fields}${signOutOthers}${button('kc-submit', 'Submit', 'login')}${cancelButton()}`,
    'kc-passwd-update-form',
  );
  return page('Update password', body, message);
}

export const updatePassword: Action = {
  isOffered: () => true,
  show: ({ address }) => show(address),
  submit: (context, form) => {
    const { 'password-new': password = '', 'password-confirm': again } = form;
    const isShort = password.length < shortest;
    const message = isShort ? `Invalid password: minimum length ${String(shortest)}.` : "Passwords don't match.";
    if (isShort || password !== again) return { kind: 'page', html: show(context.address, message) };
    const { person } = context;
    const old = person.credentials.find(({ type }) => type === 'password');
    const changed = makeCredential('password', password, old?.userLabel);
    person.credentials = [changed, ...person.credentials.filter((each) => each !== old)];
    endOtherSessions(context, form);
    return success;
  },
};
