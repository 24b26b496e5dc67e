import type { Operation } from '../../../../../shared/contract/account/operations.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { SignedSender } from '../../signed-sender.ts';
import { credentialsOf, findKind, readCredentials, type CredentialType } from '../credentials/credentials.ts';
import { readLinks } from '../linked-accounts.ts';
import { attributeOf, isChangedOnPage, readSubject, readPerson } from '../person/person.ts';

/** An application-initiated action. */
export interface Action {
  /** What `kc_action` asks for. */
  readonly name: string;
  /** What it changes: no more, as the sign-in that may stand before it counts up and uses up other things. */
  read(): Promise<unknown>;
  readonly mayWaitForMail?: true;
}

/** Errors: AppError not-offered; not-found, where `of` is missing or not there. */
type FindAction = (send: SignedSender, of: string | undefined) => Promise<Action>;

/** What each credential of a type is known by. */
async function marksOf(send: SignedSender, type: CredentialType): Promise<unknown> {
  const all = credentialsOf(await readCredentials(send, type), type);
  return all.map(({ id, createdDate }) => ({ id, createdDate }));
}

function make(type: CredentialType, name: string): FindAction {
  return async (send) => {
    const kind = findKind(await readCredentials(send, type), type);
    // A password is made where there is none, and changed where there is one.
    if (!kind?.createAction && !kind?.updateAction) throw new AppError('not-offered');
    return { name, read: () => marksOf(send, type) };
  };
}

/** Never what cannot be removed: its page is shown all the same, and nobody comes back from the refusal. */
function remove(type: CredentialType): FindAction {
  return async (send, of) => {
    const kinds = await readCredentials(send, type);
    if (findKind(kinds, type)?.removeable !== true) throw new AppError('not-offered');
    const found = credentialsOf(kinds, type).find(({ id }) => id === of);
    if (!found) throw new AppError('not-found');
    return { name: `delete_credential:${found.id}`, read: () => marksOf(send, type) };
  };
}

const changeEmail: FindAction = async (send) => {
  const attribute = attributeOf(await readPerson(send), 'email');
  if (!attribute || !isChangedOnPage(attribute)) throw new AppError('not-offered');
  return { name: 'UPDATE_EMAIL', mayWaitForMail: true, read: async () => (await readPerson(send)).email };
};

const link: FindAction = async (send, of) => {
  const find = async () => (await readLinks(send)).find(({ providerAlias }) => providerAlias === of);
  const found = await find();
  if (!found) throw new AppError('not-found');
  return { name: `idp_link:${found.providerAlias}`, read: find };
};

/** Nobody comes back from it: all that is seen of it is that neither token counts any more. */
const deleteAccount: FindAction = async (send) => ({
  name: 'delete_account',
  read: () => unlessOver(() => readSubject(send)),
});

/** Null where the service refuses as if the session were over. */
async function unlessOver<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AppError) || error.details.reason !== 'session-ended') throw error;
    return null;
  }
}

export const actions: Readonly<Partial<Record<Operation, FindAction>>> = {
  'password.change': make('password', 'UPDATE_PASSWORD'),
  'email.change': changeEmail,
  'mfa.enrol': make('otp', 'CONFIGURE_TOTP'),
  'mfa.removeDevice': remove('otp'),
  // Shown again where there is a set, which it replaces.
  'recoveryCodes.renew': make('recovery-authn-codes', 'CONFIGURE_RECOVERY_AUTHN_CODES'),
  'passkeys.add': make('webauthn-passwordless', 'webauthn-register-passwordless'),
  'passkeys.remove': remove('webauthn-passwordless'),
  'linkedAccounts.link': link,
  'deletion.remove': deleteAccount,
};
