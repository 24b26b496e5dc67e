import { button, cancelButton, escapeHtml, form, input, page, signOutOthers } from '../pages/html.ts';
import { makeCredential } from '../realm-state.ts';
import { makeRecoveryCodes } from '../totp.ts';
import { endOtherSessions, success, type Action } from './action.ts';

/** A set that was there is replaced. */
export const configureRecoveryCodes: Action = {
  isOffered: ({ realm }) => realm.switches.hasRecoveryCodes,
  show: ({ address }) => {
    const codes = makeRecoveryCodes();
    const list = codes.split(',').map((code) => `<li>${escapeHtml(code)}</li>`);
    const hidden = [
      input('generatedRecoveryAuthnCodes', '', 'hidden', codes),
      input('generatedAt', '', 'hidden', String(Date.now())),
      input('userLabel', '', 'hidden', 'Recovery codes'),
    ];
    const save = button('saveRecoveryAuthnCodesBtn', 'Complete setup');
    const fields = `${hidden.join('')}${signOutOthers}${save}${cancelButton('cancelRecoveryAuthnCodesBtn')}`;
    const body = `<ol>${list.join('')}</ol>${form(address, fields, 'kc-recovery-codes-settings-form')}`;
    return page('Recovery Authentication Codes', body);
  },
  submit: (context, form) => {
    const { person } = context;
    const { generatedRecoveryAuthnCodes: codes = '', userLabel } = form;
    const others = person.credentials.filter(({ type }) => type !== 'recovery-authn-codes');
    person.credentials = [...others, makeCredential('recovery-authn-codes', codes, userLabel)];
    endOtherSessions(context, form);
    return success;
  },
};
