import { adaAtPartner } from '../../../keycloak/people.ts';
import { partner } from '../../../keycloak/realm.ts';
import { button, cancelButton, form, page, sorry } from '../pages/html.ts';
import { signInPage } from '../pages/sign-in.ts';
import { success, type Action, type ActionContext, type ActionResult, type Form } from './action.ts';

/** What the identity provider `partner` is called. */
export const partnerName = 'Partner House';
const mayLink = ['manage-account', 'manage-account-links'];

/** The other realm is played by one more form. Whoever is linked already is asked again. */
export const linkProvider: Action = {
  isOffered: ({ person, parameter }) =>
    parameter === partner && person.accountRoles.some((role) => mayLink.includes(role)),
  show: ({ address }) => {
    const question = `<p>Do you want to link your account with ${partnerName}?</p>`;
    const fields = `${button('kc-continue', 'Continue', 'continue')}${cancelButton()}`;
    return page(`Linking ${partnerName}`, `${question}${form(address, fields)}`);
  },
  submit: (context, form) => {
    const { address } = context;
    if (form['username'] === undefined) return { kind: 'page', html: signInPage({ action: address }) };
    const isRight = form['username'] === adaAtPartner.username && form['password'] === adaAtPartner.password;
    const message = 'Invalid username or password.';
    return isRight ? link(context, form) : { kind: 'page', html: signInPage({ action: address, message }) };
  },
};

function link({ realm, person }: ActionContext, { username = '' }: Form): ActionResult {
  const owner = realm.people.find(({ links }) => links.get(partner) === username);
  const refusal = `Federated identity returned by ${partnerName} is already linked to another user.`;
  if (owner && owner !== person) return { kind: 'end', status: 400, html: sorry(refusal) };
  person.links.set(partner, username);
  return success;
}
