import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import * as z from 'zod';
import type { AccountHandOff } from '../account-hand-off.ts';
import { readPerson } from './person.ts';
import type { SignedSender } from '../signed-sender.ts';

/** Where a person does what the API has no route for, below the address of the instance. */
const pages = {
  'profile.update': '/user/settings',
  'email.change': '/user/settings/account',
  'password.change': '/user/settings/account',
  'mfa.enrol': '/user/settings/security',
  'passkeys.add': '/user/settings/security',
  'deletion.remove': '/user/settings/account',
} as const satisfies Readonly<Partial<Record<Operation, string>>>;

const untold: readonly Operation[] = ['password.change', 'mfa.enrol', 'recoveryCodes.renew', 'passkeys.add'];

/** Where tokens are made. */
export function tokensPage(address: string): string {
  return `${address}/user/settings/applications`;
}

/** The browser stays on its pages. */
export function pageAccess(address: string): FieldAccess {
  return { kind: 'hand-off', page: new URL(address).host, comesBack: false };
}

const remoteEmailsSchema = z
  .array(z.object({ email: z.string().max(500), verified: z.boolean(), primary: z.boolean() }))
  .max(1_000);

export function createGiteaPages(send: SignedSender, address: string): AccountHandOff {
  const readEmails = async () => (await send({ method: 'GET', path: '/user/emails', schema: remoteEmailsSchema })).body;
  return {
    async handOff(operation) {
      const page = findPage(operation);
      if (page === undefined) throw new AppError('not-offered');
      return {
        // Of what else these pages change the API tells nobody, but that nobody is there any more.
        read: operation === 'email.change' ? readEmails : () => readPerson(send),
        ...(operation === 'email.change' && { mayWaitForMail: true }),
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
