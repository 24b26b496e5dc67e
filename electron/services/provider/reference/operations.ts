import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { OperationAccess } from '../../../../shared/contract/account/profile.ts';
import { isOffered, toFieldAccess, type RemoteMeta } from './meta.ts';

interface RemoteOperation {
  /** Any of these capabilities of /meta offers it. */
  readonly capabilities: readonly string[];
  /** Whose access in /meta says whether this person may. */
  readonly field?: readonly [record: string, field: string];
}

const mfa = ['mfa.enrol', 'mfa.typed-secret'];
const sessions: RemoteOperation = { capabilities: ['sessions.close'] };
const recoveryCodes: RemoteOperation = { capabilities: ['recovery-codes'] };
const sshKeys: RemoteOperation = { capabilities: ['identity-keys.manage'], field: ['identityKeys', 'key'] };
const identities: RemoteOperation = { capabilities: ['identities.manage'], field: ['identities', 'link'] };

const remoteOperations: Readonly<Partial<Record<Operation, RemoteOperation>>> = {
  'profile.update': { capabilities: ['profile.write'] },
  'email.change': { capabilities: ['contact.write'], field: ['contact', 'email'] },
  'avatar.change': { capabilities: ['avatar.write'], field: ['avatar', 'image'] },
  'avatar.remove': { capabilities: ['avatar.write'], field: ['avatar', 'image'] },
  'password.change': { capabilities: ['password.change'] },
  'password.requestReset': { capabilities: ['password.reset'] },
  'mfa.enrol': { capabilities: ['mfa.enrol'] },
  'mfa.useSecret': { capabilities: ['mfa.typed-secret'] },
  'mfa.removeDevice': { capabilities: mfa },
  'mfa.turnOff': { capabilities: mfa },
  'recoveryCodes.show': recoveryCodes,
  'recoveryCodes.renew': recoveryCodes,
  'sessions.close': sessions,
  'sessions.closeOthers': sessions,
  'apiKey.generate': { capabilities: ['api-key.manage'], field: ['apiKey', 'key'] },
  'accessKeys.create': { capabilities: ['access-keys.manage'], field: ['accessKeys', 'key'] },
  // A person can always delete their own.
  'accessKeys.remove': { capabilities: ['access-keys.manage'] },
  'sshKeys.add': sshKeys,
  'sshKeys.remove': sshKeys,
  'sshKeys.verify': sshKeys,
  'linkedAccounts.link': identities,
  'linkedAccounts.unlink': identities,
  'deletion.remove': { capabilities: ['account.delete'] },
};

/** What the person of a token may do, by its /meta. */
export function toOperationAccess(meta: RemoteMeta): OperationAccess {
  const all = Object.entries(remoteOperations) as [Operation, RemoteOperation][];
  const offered = all.filter(([, { capabilities }]) => capabilities.some((each) => isOffered(meta, each)));
  return Object.fromEntries(offered.map(([operation, { field }]) => [operation, accessOf(meta, field)]));
}

function accessOf(meta: RemoteMeta, field: RemoteOperation['field']) {
  const rule = field && meta.fields?.[field[0]]?.[field[1]];
  return rule ? toFieldAccess(rule) : ({ kind: 'editable' } as const);
}
