import type { FieldAccess, OperationAccess } from '../../../../shared/contract/account/profile.ts';
import type { ConfigReader } from './way-in/config.ts';
import type { RemotePerson } from './person/person.ts';
import { readPlugIns, type PlugIns } from './plug-ins.ts';
import { readScopes, type Scopes } from './scopes.ts';
import type { Senders } from './senders.ts';

/** What the server, and the administrator for this person, let be done. */
export interface Abilities extends Scopes {
  readonly plugIns: PlugIns;
  readonly canDelete: boolean;
  /** Of whatever takes the scope of the profile. */
  readonly access: FieldAccess;
}

export async function readAbilities(
  { session }: Pick<Senders, 'session'>,
  config: Pick<ConfigReader, 'read'>,
  person: RemotePerson,
): Promise<Abilities> {
  const { profileScope, canDelete } = await config.read();
  const [scopes, plugIns] = await Promise.all([readScopes(session, profileScope, person.scope), readPlugIns(session)]);
  return { ...scopes, plugIns, canDelete, access: toAccess(scopes, profileScope) };
}

function toAccess({ profile }: Scopes, scope: string): FieldAccess {
  if (!profile.isAvailable) return { kind: 'needs-permission', permission: scope };
  if (profile.missingElse !== undefined) return { kind: 'needs-permission', permission: profile.missingElse };
  return { kind: 'editable', needsReauth: true };
}

export function toOperations({ access, authenticators, plugIns, canDelete }: Abilities): OperationAccess {
  const mfa = { 'mfa.enrol': access, 'mfa.useSecret': access, 'mfa.removeDevice': access, 'mfa.turnOff': access };
  return {
    'profile.update': plugIns.recoveryCodes === undefined ? access : withoutCodes(access),
    ...(plugIns.email !== undefined && { 'email.change': { kind: 'editable' } }),
    // The password itself is the proof, and a new one.
    'password.change': access.kind === 'editable' ? { kind: 'editable' } : access,
    'sessions.close': access,
    'sessions.closeOthers': access,
    ...(authenticators.length > 0 && mfa),
    ...(plugIns.recoveryCodes !== undefined && { 'recoveryCodes.renew': { kind: 'editable' } }),
    ...(canDelete && { 'deletion.remove': access }),
  };
}

/** A write to the profile deletes the hashes of the codes, which lie in a property that no answer shows. */
function withoutCodes(access: FieldAccess): FieldAccess {
  return access.kind === 'editable' ? { ...access, alsoVoids: 'recovery-codes' } : access;
}
