import { button, cancelButton, form, input, page, signOutOthers } from '../pages/html.ts';
import { makeCredential } from '../realm-state.ts';
import { endOtherSessions, success, type Action } from './action.ts';

/** No device is asked: whatever the form brings is taken. */
export const registerPasskey: Action = {
  isOffered: ({ realm }) => realm.switches.hasPasskeys,
  show: ({ address }) => {
    const proof = ['clientDataJSON', 'attestationObject', 'publicKeyCredentialId', 'authenticatorLabel', 'transports'];
    const hidden = proof.map((name) => input(name, '', 'hidden')).join('');
    const register = form(address, `${hidden}${signOutOthers}${button('registerWebAuthn', 'Register')}`, 'register');
    return page(
      'Passkey Registration',
      `${register}${form(address, cancelButton('cancelWebAuthnAIA'), 'kc-webauthn-settings-form')}`,
    );
  },
  submit: (context, form) => {
    const label = form['authenticatorLabel'] || 'Passkey';
    context.person.credentials.push(makeCredential('webauthn-passwordless', 'a key', label));
    endOtherSessions(context, form);
    return success;
  },
};
