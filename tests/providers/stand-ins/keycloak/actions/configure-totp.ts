import { button, cancelButton, escapeHtml, form, input, page, signOutOthers } from '../pages/html.ts';
import { makeCredential } from '../realm-state.ts';
import { isTotpCode, makeTotpSecret, toBase32 } from '../totp.ts';
import { endOtherSessions, labelTaken, success, type Action } from './action.ts';

function show(address: string, secret: string, message?: string): string {
  const fields = `${input('totp', 'One-time code')}${input('totpSecret', '', 'hidden', secret)}${input('userLabel', 'Device Name')}`;
  const buttons = `${signOutOthers}${button('saveTOTPBtn', 'Submit')}${cancelButton('cancelTOTPBtn')}`;
  const key = `<p id="kc-totp-secret-key">${escapeHtml(toBase32(secret))}</p>`;
  const body = `${key}${form(address, `${fields}${buttons}`, 'kc-totp-settings-form')}`;
  return page('Mobile Authenticator Setup', body, message);
}

export const configureTotp: Action = {
  isOffered: () => true,
  show: ({ address }) => show(address, makeTotpSecret()),
  submit: (context, form) => {
    const { totp = '', totpSecret = '', userLabel = '' } = form;
    const { credentials } = context.person;
    const isTaken = credentials.some((each) => each.type === 'otp' && each.userLabel === userLabel);
    const message = !isTotpCode(totpSecret, totp) ? 'Invalid authenticator code.' : isTaken ? labelTaken : undefined;
    if (message !== undefined) return { kind: 'page', html: show(context.address, totpSecret, message) };
    credentials.push(makeCredential('otp', totpSecret, userLabel));
    endOtherSessions(context, form);
    return success;
  },
};
