import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountHandOff } from '../account-hand-off.ts';
import { proofPage } from './keys/proof.ts';
import { readEmails } from './emails.ts';
import { readPerson } from './person.ts';
import type { SignedSender } from '../signed-sender.ts';

/** Where a person does what the API has no route for, below the address of the instance. */
const pages = {
  'profile.update': '/user/settings',
  'email.change': '/user/settings/account',
  'emails.makePrimary': '/user/settings/account',
  'emails.sendVerification': '/user/settings/account',
  'password.change': '/user/settings/account',
  'mfa.enrol': '/user/settings/security',
  'passkeys.add': '/user/settings/security',
  'accessKeys.create': '/user/settings/applications',
  'deletion.remove': '/user/settings/account',
} as const satisfies Readonly<Partial<Record<Operation, string>>>;

const untold: readonly Operation[] = [
  'password.change',
  'mfa.enrol',
  'recoveryCodes.renew',
  'passkeys.add',
  'accessKeys.create',
];

/** Where tokens are made. */
export function tokensPage(address: string): string {
  return `${address}/user/settings/applications`;
}

/** The browser stays on its pages. */
export function pageAccess(address: string): FieldAccess {
  return { kind: 'hand-off', page: new URL(address).host, comesBack: false };
}

/** What the page changes among the person's addresses; a mail may stand between. */
const ofEmails: readonly Operation[] = ['email.change', 'emails.makePrimary', 'emails.sendVerification'];

export function createGiteaPages(send: SignedSender, address: string): AccountHandOff {
  return {
    async handOff(operation, of) {
      if (operation === 'sshKeys.verify') return proofPage(send, address, of);
      const page = findPage(operation);
      if (page === undefined) throw new AppError('not-offered');
      return {
        // Of what else these pages change the API tells nobody, but that nobody is there any more.
        read: () => (ofEmails.includes(operation) ? readEmails(send) : readPerson(send)),
        ...(ofEmails.includes(operation) && { mayWaitForMail: true }),
        ...(untold.includes(operation) && { isUntold: true }),
        page: { comesBack: false, address: new URL(`${address}${page}`) },
      };
    },
  };
}

function findPage(operation: Operation): string | undefined {
  const known: Readonly<Partial<Record<Operation, string>>> = pages;
  return known[operation];
}
