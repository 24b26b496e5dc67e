import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { Offer, OperationAccess } from '../../../../shared/contract/account/profile.ts';

/** What stands behind each part that a screen shows or leaves out. */
const operationsBehind: Readonly<Record<Offer, readonly Operation[]>> = {
  'api-key': ['apiKey.generate'],
  'access-keys': ['accessKeys.create', 'accessKeys.rotate', 'accessKeys.remove'],
  'identity-keys': ['sshKeys.add', 'sshKeys.remove'],
  identities: ['linkedAccounts.link', 'linkedAccounts.unlink'],
  'account-deletion': ['deletion.remove'],
};
const all = Object.entries(operationsBehind) as [Offer, readonly Operation[]][];

/** The parts that a provider has: each with an operation that it knows, whoever may do it and where. */
export function toOffers(operations: OperationAccess): Offer[] {
  const knows = (operation: Operation) => {
    const kind = operations[operation]?.kind ?? 'not-offered';
    // A page that makes access keys is one button: they need no list of their own for it.
    return kind !== 'not-offered' && !(operation === 'accessKeys.create' && kind === 'hand-off');
  };
  return all.flatMap(([offer, behind]) => (behind.some(knows) ? [offer] : []));
}

/** Of what an older app kept: it knew the parts alone. */
export function operationsOf(offers: readonly Offer[]): OperationAccess {
  const behind = offers.flatMap((offer) => operationsBehind[offer]);
  return Object.fromEntries(behind.map((operation) => [operation, { kind: 'editable' }]));
}
