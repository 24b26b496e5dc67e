import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountHandOff } from '../account-hand-off.ts';
import { askedScopes } from './http/scopes.ts';
import type { SignedSender } from '../signed-sender.ts';
import { readPerson, type RemotePerson } from './profile/person.ts';

/** Where a person does what the API has no route for, below the address of the instance. */
const pages = {
  'profile.update': '/-/user_settings/profile',
  'avatar.change': '/-/user_settings/profile',
  'avatar.remove': '/-/user_settings/profile',
  'email.change': '/-/profile/emails',
  'emails.makePrimary': '/-/profile/emails',
  'emails.sendVerification': '/-/profile/emails',
  'password.change': '/-/user_settings/password/edit',
  'mfa.enrol': '/-/profile/two_factor_auth',
  'mfa.turnOff': '/-/profile/two_factor_auth',
  'recoveryCodes.renew': '/-/profile/two_factor_auth',
  'sessions.close': '/-/user_settings/active_sessions',
  'linkedAccounts.unlink': '/-/profile/account',
  'accessKeys.create': '/-/user_settings/personal_access_tokens',
  'deletion.remove': '/-/profile/account',
} as const satisfies Readonly<Partial<Record<Operation, string>>>;

/** What the API tells of what each page changes; of the others nothing. */
const readers: Readonly<Partial<Record<Operation, (person: RemotePerson) => unknown>>> = {
  'profile.update': ({
    name,
    username,
    organization,
    bio,
    location,
    website_url: website,
    job_title: job,
    pronouns,
  }) => [name, username, organization, bio, location, website, job, pronouns],
  'avatar.change': ({ avatar_url: picture }) => picture,
  'avatar.remove': ({ avatar_url: picture }) => picture,
  'email.change': ({ email }) => email,
  'emails.makePrimary': ({ email }) => email,
  'mfa.enrol': ({ two_factor_enabled: isOn }) => isOn,
  'mfa.turnOff': ({ two_factor_enabled: isOn }) => isOn,
  'linkedAccounts.unlink': ({ identities }) => identities,
  // But that nobody is there any more.
  'deletion.remove': ({ id }) => id,
};

/** Where tokens are made, filled in as far as it can be. */
export function tokensPage(address: string): string {
  const query = new URLSearchParams({ name: 'Profile Desk', scopes: askedScopes.join(',') });
  return `${address}/-/user_settings/personal_access_tokens?${query.toString()}`;
}

/** The browser stays on its pages. */
export function pageAccess(address: string): FieldAccess {
  return { kind: 'hand-off', page: new URL(address).host, comesBack: false };
}

export function createGitlabPages(
  send: SignedSender,
  address: string,
  readTokenIds: () => Promise<readonly string[]>,
): AccountHandOff {
  return {
    async handOff(operation) {
      const page = findPage(operation);
      if (page === undefined) throw new AppError('not-offered');
      const at = { comesBack: false, address: new URL(`${address}${page}`) } as const;
      if (operation === 'accessKeys.create') return { read: readTokenIds, page: at };
      const tell = readers[operation];
      const person = await readPerson(send);
      // A second one beside the first is told to nobody.
      const isUntold = tell === undefined || (operation === 'mfa.enrol' && person.two_factor_enabled === true);
      return {
        read: async () => (tell ?? (({ id }) => id))(await readPerson(send)),
        ...(operation === 'email.change' && { mayWaitForMail: true }),
        ...(isUntold && { isUntold: true }),
        page: at,
      };
    },
  };
}

export const handedOff = Object.keys(pages) as readonly (keyof typeof pages)[];

function findPage(operation: Operation): string | undefined {
  const known: Readonly<Partial<Record<Operation, string>>> = pages;
  return known[operation];
}
