import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { FieldAccess, OperationAccess } from '../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { findKind, readCredentialKinds, type RemoteKind } from './credentials/credentials.ts';
import { pageAccess } from './pages/hand-off.ts';
import { readLinks } from './linked-accounts.ts';
import type { FieldAccesses } from './person/profile.ts';
import type { Refusals } from '../tokens.ts';
import type { AccountRoles } from './roles.ts';
import type { Senders } from './senders.ts';

interface OperationsDeps {
  readonly senders: Senders;
  readonly issuer: string;
  readonly roles: AccountRoles;
  readonly refusals: Refusals;
}

export interface KeycloakOperations {
  /** What the person may do here, by their roles, and what its pages do. */
  read(fields: FieldAccesses): Promise<OperationAccess>;
  /** The realm does not have it: so it is for a day. */
  noteMissing(operation: Operation): void;
}

/** Undefined: absent. */
type Known = readonly (readonly [Operation, FieldAccess | undefined])[];

export function createKeycloakOperations({ senders, issuer, roles, refusals }: OperationsDeps): KeycloakOperations {
  const page = pageAccess(issuer);
  const pageFor = (access: FieldAccess) => (access.kind === 'editable' ? page : access);

  /** No role is asked for what its pages do: whoever has an account may. */
  async function readCredentialOperations(managing: FieldAccess): Promise<Known> {
    const kinds = await orNone(readCredentialKinds(senders.read));
    const make = (kind: RemoteKind | undefined) => (kind?.createAction || kind?.updateAction ? page : undefined);
    const remove = (kind: RemoteKind | undefined) => (kind?.removeable ? page : undefined);
    const [otp, passkey] = [findKind(kinds, 'otp'), findKind(kinds, 'webauthn-passwordless')];
    return [
      ['password.change', make(findKind(kinds, 'password'))],
      ['mfa.enrol', make(otp)],
      ['mfa.renameDevice', (otp ?? passkey) && managing],
      ['mfa.removeDevice', remove(otp)],
      ['recoveryCodes.renew', make(findKind(kinds, 'recovery-authn-codes'))],
      ['passkeys.add', make(passkey)],
      ['passkeys.remove', remove(passkey)],
    ];
  }

  async function readLinkOperations(managing: FieldAccess): Promise<Known> {
    if ((await orNone(readLinks(senders.read))).length === 0) return [];
    return [
      ['linkedAccounts.link', pageFor(await roles.accessBy('manage-account', 'manage-account-links'))],
      ['linkedAccounts.unlink', managing],
    ];
  }

  return {
    async read(fields) {
      const managing = await roles.accessBy('manage-account');
      const known: Known = [
        ...profileOperations(fields),
        ['sessions.close', managing],
        ['sessions.closeOthers', managing],
        ['applications.withdraw', await roles.accessBy('manage-account', 'manage-consent')],
        ...(await Promise.all([readCredentialOperations(managing), readLinkOperations(managing)])).flat(),
        // Not by default, neither the role nor the action; whether the realm has the action on shows when it is tried.
        ['deletion.remove', pageFor(await roles.accessBy('delete-account'))],
      ];
      return Object.fromEntries(known.filter(([operation, access]) => access && !refusals.has(nameOf(operation))));
    },
    noteMissing: (operation) => refusals.note(nameOf(operation)),
  };
}

const nameOf = (operation: Operation) => `operation ${operation}`;

function profileOperations({ email, others }: FieldAccesses): Known {
  const canBe = ({ kind }: FieldAccess) => kind === 'editable' || kind === 'needs-permission';
  return [
    ['profile.update', [...others, email].find(canBe)],
    ['email.change', canBe(email) || email.kind === 'hand-off' ? email : undefined],
  ];
}

/** An older service may lack a part of the API. */
function orNone<T>(list: Promise<T[]>): Promise<T[]> {
  return list.catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not-offered') return [];
    throw error;
  });
}
