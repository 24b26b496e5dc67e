import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountDeletion } from '../account-deletion.ts';
import type { AccountHandOff } from '../account-hand-off.ts';
import { readEmails } from './emails.ts';
import type { Senders } from './http/senders.ts';
import { readPerson } from './person.ts';

/** Where a person does what the API has no route for, below the address of the site. */
const pages = {
  'profile.update': '/settings/admin',
  'avatar.change': '/settings/profile',
  'email.change': '/settings/emails',
  'emails.makePrimary': '/settings/emails',
  'emails.sendVerification': '/settings/emails',
  'password.change': '/settings/security',
  'mfa.enrol': '/settings/security',
  'mfa.turnOff': '/settings/security',
  'recoveryCodes.renew': '/settings/auth/recovery-codes',
  'passkeys.add': '/settings/security',
  'sessions.close': '/settings/sessions',
  'accessKeys.create': '/settings/tokens',
  'deletion.remove': '/settings/admin',
} as const satisfies Readonly<Partial<Record<Operation, string>>>;

const untold: readonly Operation[] = [
  'password.change',
  'recoveryCodes.renew',
  'passkeys.add',
  'sessions.close',
  'accessKeys.create',
];

/** Whether two factors are on is told to who holds the scope `user`. */
const ofMfa: readonly Operation[] = ['mfa.enrol', 'mfa.turnOff'];

/** What the page changes among the person's addresses; a mail may stand between. */
const ofEmails: readonly Operation[] = ['email.change', 'emails.makePrimary', 'emails.sendVerification'];

/** Where a classic token is made, filled in. The same of a fine-grained one does not work, says GitHub. */
export function tokensPage(address: string, scopes: readonly string[]): string {
  const query = new URLSearchParams({ description: 'Profile Desk', scopes: scopes.join(',') });
  return `${address}/settings/tokens/new?${query.toString()}`;
}

/** The browser stays on its pages. */
export function pageAccess(address: string): FieldAccess {
  return { kind: 'hand-off', page: new URL(address).host, comesBack: false };
}

export function createGithubPages(
  senders: Senders,
  address: string,
): AccountHandOff & Pick<AccountDeletion, 'readDeletion'> {
  return {
    async handOff(operation) {
      const page = findPage(operation);
      if (page === undefined) throw new AppError('not-offered');
      const isOfEmails = ofEmails.includes(operation);
      const isReported = await tells(senders, operation);
      return {
        // Of what else these pages change the API tells nobody, but that nobody is there any more.
        read: () => (isOfEmails && isReported ? readEmails(senders) : readPerson(senders())),
        ...(isOfEmails && { mayWaitForMail: true }),
        ...(!isReported && { isUntold: true }),
        page: { comesBack: false, address: new URL(address + page) },
      };
    },
    async readDeletion() {
      // Whether there is anybody to delete: nothing else would notice that it is done.
      await readPerson(senders());
      return {
        refusal: null,
        deletes: ['profile', 'contact', 'avatar', 'mfa', 'access-keys', 'identity-keys', 'other'],
        keeps: [],
      };
    },
  };
}

/** Whether the API tells whoever has this token what the page changes. */
async function tells(senders: Senders, operation: Operation): Promise<boolean> {
  if (untold.includes(operation)) return false;
  if (ofMfa.includes(operation)) return tellsOfMfa(senders);
  return !ofEmails.includes(operation) || tellsOfEmails(senders);
}

/** The page takes no token, so one that may not see the addresses is no reason against it. */
async function tellsOfEmails(senders: Senders): Promise<boolean> {
  return readEmails(senders).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError && ['forbidden', 'not-offered'].includes(error.code)) return false;
      throw error;
    },
  );
}

async function tellsOfMfa(senders: Senders): Promise<boolean> {
  return typeof (await readPerson(senders())).two_factor_authentication === 'boolean';
}

function findPage(operation: Operation): string | undefined {
  const known: Readonly<Partial<Record<Operation, string>>> = pages;
  return known[operation];
}
