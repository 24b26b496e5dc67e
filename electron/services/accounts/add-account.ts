import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ProfileSnapshot } from '../../../shared/contract/account/profile.ts';
import type { ProviderKind } from '../../../shared/contract/account/accounts.ts';
import type { ProfileReading, Provider } from '../provider/provider.ts';
import type { Providers } from '../provider/kinds/providers.ts';
import { createBareSource, type Tokens } from '../provider/tokens.ts';
import type { AccountRegistry } from './account-registry.ts';
import { endOfToken } from './end-of-token.ts';
import type { StoredAccount } from './accounts.stored.ts';
import { confirmRefusal, isSessionEnded } from './confirm-refusal.ts';
import type { SignedInAccounts } from './signed-in-accounts.ts';
import { isSameTarget } from './targets/same-target.ts';
import type { StoredTarget, Targets } from './targets/targets.ts';

export interface AddAccountDeps {
  readonly registry: AccountRegistry;
  readonly signedIn: SignedInAccounts;
  readonly targets: Targets;
  readonly providers: Providers;
}

/** What a person signed in to, and as whom. */
export interface SignInTarget {
  readonly kind: ProviderKind;
  readonly target: StoredTarget;
  readonly identifier: string;
  /** Id of the account here that moves to `target`, if that is where the same account is now. */
  readonly again: string | undefined;
  /** Nobody else is let in: the person of the account that is signed in again. */
  readonly personId?: string;
  /** Of this app there, where the way in asks for one. */
  readonly clientId?: string;
}

/** The account of a finished sign-in, and what was read for it. */
export interface AddedAccount {
  readonly id: string;
  /** Undefined where MFA must be turned on first. */
  readonly profile: ProfileReading | undefined;
}

/**
 * Makes an account of a finished sign-in, or brings back the one that this person already has there, and makes it the
 * current one. Errors: those of the provider; conflict (another-person), storage-fault, key-store-unavailable.
 */
export async function addAccount(
  { registry, signedIn, targets, providers }: AddAccountDeps,
  { kind, target, identifier, again, clientId, personId: expected }: SignInTarget,
  tokens: Tokens,
): Promise<AddedAccount> {
  const address = await targets.address(target);
  const account = providers.of(kind).open(address, createBareSource(tokens), clientId);
  const { personId, providerName, profile } = await account.readAccount().catch(async (error: unknown) => {
    throw isSessionEnded(error) ? await confirmRefusal(account, error) : error;
  });
  if (expected !== undefined && expected !== personId) throw new AppError('conflict', { reason: 'another-person' });
  const known = findKnown((await registry.all()).accounts, { kind, personId, target, again });
  const id = known?.id ?? randomUUID();
  // Signed out while it moves: the tokens of one address must not go to the other.
  if (known && !isSameTarget(known.target, target)) await registry.put({ ...known, target, isSignedOut: true });
  // Tokens first: an account without them would look like a session that ended.
  await signedIn.startSession(id, tokens);
  const person = profile
    ? personOf(profile.sections)
    : (known?.person ?? { name: identifier, email: '', avatar: null });
  const record: StoredAccount = {
    id,
    kind,
    target,
    personId,
    providerName,
    person,
    isSignedOut: false,
    ...(clientId !== undefined && { clientId }),
    ...(canBeRevoked(tokens, clientId, providers.of(kind)) && { isPasted: true }),
    ...(tokens.kind === 'fixed' && clientId !== undefined && { isLasting: true }),
    ...endOfToken(tokens),
  };
  await registry.put(record, { isCurrent: true });
  return { id, profile };
}

/**
 * What the app was given under its own client id is no token of the person's; a key may be that of all their programs.
 */
function canBeRevoked({ kind }: Tokens, clientId: string | undefined, { keepsPasted }: Provider): boolean {
  return kind === 'fixed' && clientId === undefined && !keepsPasted;
}

export function personOf({ user, contact, avatar }: ProfileSnapshot['sections']): StoredAccount['person'] {
  const name = `${user.values.firstName} ${user.values.lastName}`.trim() || user.values.username;
  return { name, email: contact.values.email, avatar: avatar.values.image };
}

function findKnown(
  accounts: readonly StoredAccount[],
  { kind, personId, target, again }: Pick<SignInTarget, 'kind' | 'target' | 'again'> & { readonly personId: string },
): StoredAccount | undefined {
  const own = accounts.filter((each) => each.kind === kind && each.personId === personId);
  return (
    own.find((each) => isSameTarget(each.target, target)) ??
    own.find((each) => each.id === again && canMove(each.target, target))
  );
}

/** The embedded provider stays where it is. */
function canMove(from: StoredTarget, to: StoredTarget): boolean {
  return from.kind === 'address' && to.kind === 'address';
}
