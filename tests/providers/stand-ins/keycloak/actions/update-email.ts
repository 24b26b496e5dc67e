import { button, cancelButton, form, input, page, signOutOthers } from '../pages/html.ts';
import { endOtherSessions, success, type Action } from './action.ts';

function show(address: string, email: string, message?: string): string {
  const fields = `${input('email', 'Email', 'text', email)}${signOutOthers}${button('kc-submit', 'Submit')}${cancelButton()}`;
  return page('Update email', form(address, fields, 'kc-update-email-form'), message);
}

/** Without a mail: the realm verifies no addresses. */
export const updateEmail: Action = {
  isOffered: ({ realm }) => realm.switches.updatesEmailByAction,
  show: ({ address, person }) => show(address, person.email),
  submit: (context, form) => {
    const { realm, person, address } = context;
    const email = (form['email'] ?? '').toLowerCase();
    const owner = realm.find(email);
    const isWrong = !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email);
    const message = isWrong
      ? 'Invalid email address.'
      : owner && owner !== person
        ? 'Email already exists.'
        : undefined;
    if (message !== undefined) return { kind: 'page', html: show(address, email, message) };
    if (email !== person.email) [person.email, person.emailVerified] = [email, false];
    endOtherSessions(context, form);
    return success;
  },
};
