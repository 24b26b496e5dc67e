import type { ProviderKind } from '../../../../shared/contract/account/accounts.ts';
import type { StoredAccount } from '../accounts.stored.ts';
import type { SignInTarget } from '../add-account.ts';
import type { StoredTarget } from '../targets/targets.ts';

interface Asked {
  readonly kind: ProviderKind;
  readonly target: StoredTarget;
  /** Of the target. */
  readonly address: string;
  /** The account that is signed in again: nobody but its person is let in. */
  readonly again: StoredAccount | undefined;
  readonly clientId?: string;
}

/** Of a way in on which nobody types here who they are. */
export function toSignInTarget({ kind, target, address, again, clientId }: Asked): SignInTarget {
  return {
    ...{ kind, target, identifier: new URL(address).host, again: again?.id },
    ...(again && { personId: again.personId }),
    ...(clientId !== undefined && { clientId }),
  };
}
