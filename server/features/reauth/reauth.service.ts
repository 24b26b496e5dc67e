import type { Clock } from '../../clock.ts';
import { instant } from '../../http/instant.ts';
import { Problem } from '../../http/problem.ts';
import type { Proofs } from '../auth/proofs.ts';
import type { DevicesStore } from '../mfa/devices.store.ts';
import type { RecoveryCodesStore } from '../recovery-codes/recovery-codes.store.ts';
import type { Session } from '../sessions/session.ts';
import type { Proof, Reauthentication } from './reauth.schemas.ts';
import type { ReauthWindowsStore } from './reauth-windows.store.ts';

export interface ReauthParts {
  readonly windows: ReauthWindowsStore;
  readonly proofs: Proofs;
  readonly devices: DevicesStore;
  readonly recoveryCodes: RecoveryCodesStore;
  readonly windowSeconds: number;
  readonly clock: Clock;
}

/** Proving again, within a session, who one is. Errors: Problem wrong-credentials, wrong-code, locked-out. */
export function createReauthService({ windows, proofs, devices, recoveryCodes, windowSeconds, clock }: ReauthParts) {
  function describe(accountId: string, until: number | null): Reauthentication {
    const isOpen = until !== null && until > clock.now();
    const hasRecoveryCode = (recoveryCodes.state(accountId)?.remaining ?? 0) > 0;
    return {
      validUntil: isOpen ? instant(until) : null,
      windowSeconds,
      proofs: [
        'password',
        ...(devices.isOn(accountId) ? ['code' as const] : []),
        ...(hasRecoveryCode ? ['recovery-code' as const] : []),
      ],
    };
  }

  async function check(accountId: string, proof: Proof): Promise<void> {
    if ('password' in proof) {
      if (!(await proofs.hasPassword(accountId, proof.password))) throw new Problem('wrong-credentials');
      return;
    }
    const isRight =
      'code' in proof ? proofs.takeCode(accountId, proof.code) : proofs.takeRecoveryCode(accountId, proof.recoveryCode);
    if (!isRight) throw new Problem('wrong-code');
  }

  return {
    read: ({ accountId, reauthenticatedUntil }: Session): Reauthentication => describe(accountId, reauthenticatedUntil),
    async prove({ id, accountId }: Session, proof: Proof): Promise<Reauthentication> {
      await check(accountId, proof);
      return describe(accountId, windows.open(id));
    },
    end({ id, accountId }: Session): Reauthentication {
      windows.close(id);
      return describe(accountId, null);
    },
  };
}
