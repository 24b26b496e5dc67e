import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountHandOff } from '../account-hand-off.ts';
import { hasGroup, type RemoteFlow } from './flows/flow.ts';
import { providersIn } from './linked-accounts.ts';
import { toMfaState } from './proofs/mfa.ts';
import type { Settings } from './settings.ts';

/** The browser stays there: each operator has another page behind it. */
export function pageAccess(address: string): FieldAccess {
  return { kind: 'hand-off', page: new URL(address).host, comesBack: false };
}

interface Page {
  /** Whether the form has that part. */
  isThere(form: RemoteFlow): boolean;
  /** Whether it is there to be chosen, where there are several. */
  has?(form: RemoteFlow, of: string | undefined): boolean;
  /** What the page is there to change. */
  read(form: RemoteFlow): unknown;
}

const passkeys: Page = {
  isThere: (form) => hasGroup(form, 'passkey'),
  read: (form) => toMfaState(form).passkeys.map(({ id }) => id),
};

export const pages: Readonly<Partial<Record<Operation, Page>>> = {
  'passkeys.add': passkeys,
  'passkeys.remove': {
    ...passkeys,
    isThere: (form) => toMfaState(form).passkeys.length > 0,
    has: (form, of) => toMfaState(form).passkeys.some(({ id }) => id === of),
  },
  'linkedAccounts.link': {
    isThere: (form) => hasGroup(form, 'oidc'),
    has: (form, of) => providersIn(form, 'link').some(({ id }) => id === of),
    read: (form) => providersIn(form, 'link').map(({ id }) => id),
  },
};

/** Its own address for it sends a browser on to the operator's page, after a sign-in there. */
export function createKratosHandOff(settings: Pick<Settings, 'read'>, address: string): AccountHandOff {
  return {
    async handOff(operation, of) {
      const page = pages[operation];
      const form = page && (await settings.read());
      if (!form || !page.isThere(form)) throw new AppError('not-offered');
      if (page.has && !page.has(form, of)) throw new AppError('not-found');
      return {
        read: async () => page.read(await settings.read()),
        page: { comesBack: false, address: new URL(`${address}/self-service/settings/browser`) },
      };
    },
  };
}
