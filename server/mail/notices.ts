import type { AccountsStore } from '../accounts/accounts.store.ts';
import type { SendMail } from './send-mail.ts';

/** What the person is told by mail, so that they notice when it was somebody else. */
const notices = {
  'password-changed': ['Your password was changed', 'The password of your account was changed.'],
  'password-reset': [
    'A new password was set',
    'A new password was set with a link from a mail to you, and all sessions were ended. What was made before is still good: API key, access keys, SSH keys and linked identities. If somebody else may have been in your account, delete those that you do not know, in your profile.',
  ],
  'username-changed': ['Your username was changed', 'The username of your account, which signs you in, was changed.'],
  'mfa-device-added': [
    'A sign-in device was added',
    'From now on a device that was added just now can make the codes for signing in.',
  ],
  'mfa-device-removed': [
    'A sign-in device was removed',
    'One of the devices that make the codes for signing in was removed.',
  ],
  'mfa-on': ['Two-step sign-in was turned on', 'From now on every sign-in to your account asks for a code.'],
  'mfa-off': ['Two-step sign-in was turned off', 'From now on the password alone opens your account.'],
  'recovery-codes-renewed': [
    'You have new recovery codes',
    'A new set of recovery codes was made. The old codes do not work any more.',
  ],
  'api-key-made': [
    'You have a new API key',
    'A new API key was made for your account. If there was one before, it does not work any more.',
  ],
  'api-key-removed': ['Your API key was deleted', 'The API key of your account was deleted. Calls made with it fail.'],
  'access-key-made': [
    'You have a new access key',
    'A new access key was made for your account. Programs can read your account with it.',
  ],
  'access-key-removed': [
    'An access key was deleted',
    'One of the access keys of your account was deleted. Calls made with it fail.',
  ],
  'identity-key-added': [
    'An SSH key was added',
    'From now on whoever holds the private half of a key that was added just now can act for you over SSH.',
  ],
  'identity-key-removed': [
    'An SSH key was deleted',
    'One of the SSH keys of your account was deleted. It opens nothing any more.',
  ],
  'identity-linked': [
    'A sign-in identity was linked',
    'From now on an identity at an identity provider opens your account.',
  ],
  'identity-unlinked': [
    'A sign-in identity was unlinked',
    'An identity at an identity provider that was linked to your account opens it no more.',
  ],
  'codes-locked': [
    'Wrong codes were typed for your account',
    'Somebody typed your password and then several wrong codes. For a while no code is taken.',
  ],
  'codes-exhausted': [
    'The codes of your sign-in device do not count any more',
    'After a hundred wrong codes in a row, typed by somebody who has your password, no code of your sign-in devices counts any more. A recovery code still does, and makes them count again. Without one, set up two-step sign-in again where you are still signed in: your password is proof enough there. If you are signed in nowhere, whoever runs this service has to help you.',
  ],
  'recovery-code-used': [
    'A recovery code was used',
    'One of your recovery codes was used. It does not work a second time.',
  ],
} as const satisfies Record<string, readonly [subject: string, text: string]>;

type Notice = keyof typeof notices;

/** Tells the person of an account what was done to it. */
export type Notify = (accountId: string, notice: Notice) => void;

export function createNotify(accounts: AccountsStore, sendMail: SendMail): Notify {
  return (accountId, notice) => {
    const [subject, text] = notices[notice];
    sendMail({
      to: accounts.readContact(accountId).email,
      subject,
      text: `${text}\n\nIf this was not you, change your password and close your other sessions.`,
    });
  };
}
