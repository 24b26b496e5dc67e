import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { FieldAccess, OperationAccess } from '../../../../shared/contract/account/profile.ts';
import { hasGroup, hasNode, type RemoteFlow } from './flows/flow.ts';
import { pageAccess, pages } from './hand-off.ts';

const proven: FieldAccess = { kind: 'editable', needsReauth: true };
const plain: FieldAccess = { kind: 'editable' };

/**
 * What the operator has switched on, by the parts of the form. `email`: what may be done with it, undefined where the
 * record has none. Without the form, for want of a second factor, what is always there.
 */
export function toOperations(form: RemoteFlow | undefined, email: FieldAccess | undefined, address: string) {
  const known: OperationAccess = {
    'sessions.close': plain,
    'sessions.closeOthers': plain,
    ...(form && { ...ownOperations(form, email), ...pageOperations(form, address) }),
  };
  return known;
}

function ownOperations(form: RemoteFlow, email: FieldAccess | undefined): OperationAccess {
  const has = (group: string) => hasGroup(form, group);
  return {
    ...(has('profile') && { 'profile.update': plain }),
    ...(has('profile') && email?.kind === 'editable' && { 'email.change': email }),
    // The password that is typed with it is the fresh sign-in.
    ...(has('password') && { 'password.change': plain }),
    ...(has('totp') && { 'mfa.enrol': proven, 'mfa.removeDevice': proven }),
    ...((has('totp') || hasNode(form, 'lookup_secret_disable')) && { 'mfa.turnOff': proven }),
    ...(has('lookup_secret') && { 'recoveryCodes.show': proven, 'recoveryCodes.renew': proven }),
    ...(has('oidc') && { 'linkedAccounts.unlink': proven }),
  };
}

function pageOperations(form: RemoteFlow, address: string): OperationAccess {
  const all = Object.entries(pages) as [Operation, NonNullable<(typeof pages)[Operation]>][];
  const there = all.filter(([, page]) => page.isThere(form));
  return Object.fromEntries(there.map(([operation]) => [operation, pageAccess(address)]));
}
