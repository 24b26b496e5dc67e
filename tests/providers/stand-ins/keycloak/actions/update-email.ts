import { button, cancelButton, form, input, page, signOutOthers } from '../pages/html.ts';
import { endOtherSessions, success, type Action, type ActionContext, type ActionResult } from './action.ts';

const again = (email: string) =>
  `A verification email was sent to ${email}. You can submit without changes to resend it.`;

/** While an address waits for its mail there is no way to cancel. */
function show({ address, person }: ActionContext, email: string, message?: string): string {
  const { pendingEmail } = person;
  const cancel = pendingEmail === undefined ? cancelButton() : '';
  const fields = `${input('email', 'Email', 'text', email)}${signOutOthers}${button('kc-submit', 'Submit')}${cancel}`;
  const notice = message ?? (pendingEmail === undefined ? undefined : again(pendingEmail));
  return page('Update email', form(address, fields, 'kc-update-email-form'), notice);
}

export const updateEmail: Action = {
  isOffered: ({ realm }) => realm.switches.updatesEmailByAction,
  show: (context) => show(context, context.person.pendingEmail ?? context.person.email),
  submit: (context, form) => {
    const { realm, person } = context;
    const email = (form['email'] ?? '').toLowerCase();
    const message = findFault(context, email);
    if (message !== undefined) return { kind: 'page', html: show(context, email, message) };
    endOtherSessions(context, form);
    if (realm.switches.verifiesEmail) return waitForMail(context, email);
    if (email !== person.email) [person.email, person.emailVerified] = [email, false];
    return success;
  },
};

function findFault({ realm, person }: ActionContext, email: string): string | undefined {
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) return 'Invalid email address.';
  const owner = realm.find(email);
  return owner && owner !== person ? 'Email already exists.' : undefined;
}

/** Nobody comes back from this page, nor from the one behind the link of the mail. */
function waitForMail({ person }: ActionContext, email: string): ActionResult {
  person.pendingEmail = email;
  const text = `<p class="instruction">A confirmation email has been sent to ${email}.</p>`;
  return { kind: 'end', status: 200, html: page('Confirmation email sent', text) };
}
