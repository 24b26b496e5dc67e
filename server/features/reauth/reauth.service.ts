import type { Clock } from '../../clock.ts';
import { instant } from '../../http/instant.ts';
import { Problem } from '../../http/problem.ts';
import type { Proofs } from '../../proofs/proofs.ts';
import type { DevicesStore } from '../../proofs/devices.store.ts';
import { recoveryCodesFactor, type FreshFactorsStore } from '../../proofs/fresh-factors.store.ts';
import type { RecoveryCodesStore } from '../../proofs/recovery-codes.store.ts';
import type { Session } from '../../accounts/session.ts';
import type { Proof, Reauthentication } from './reauth.schemas.ts';
import type { ReauthWindowsStore } from './reauth-windows.store.ts';

export interface ReauthDeps {
  readonly windows: ReauthWindowsStore;
  readonly proofs: Proofs;
  readonly devices: DevicesStore;
  readonly recoveryCodes: RecoveryCodesStore;
  readonly freshFactors: FreshFactorsStore;
  readonly windowSeconds: number;
  readonly clock: Clock;
}

/**
 * Proving again, within a session, who one is. Errors: Problem wrong-credentials, wrong-code, codes-exhausted,
 * locked-out.
 */
export function createReauthService(deps: ReauthDeps) {
  const { windows, proofs, windowSeconds, clock } = deps;

  function describe(session: Session, until: number | null): Reauthentication {
    const isOpen = until !== null && until > clock.now();
    return { validUntil: isOpen ? instant(until) : null, windowSeconds, proofs: usableProofs(deps, session) };
  }

  async function check(session: Session, proof: Proof): Promise<void> {
    if ('password' in proof) {
      if (!(await proofs.hasPassword(session, proof.password))) throw new Problem('wrong-credentials');
      return;
    }
    const isRight =
      'code' in proof ? proofs.takeCode(session, proof.code) : proofs.takeRecoveryCode(session, proof.recoveryCode);
    if (!isRight) throw new Problem(proofs.codeRefusal(session));
  }

  return {
    read: (session: Session): Reauthentication => describe(session, session.reauthenticatedUntil),
    async prove(session: Session, proof: Proof): Promise<Reauthentication> {
      await check(session, proof);
      return describe(session, windows.open(session.id));
    },
    end(session: Session): Reauthentication {
      windows.close(session.id);
      return describe(session, null);
    },
  };
}

/** What the session's own window gave it proves nothing there yet, so it is not offered. */
function usableProofs(
  { devices, recoveryCodes, freshFactors }: ReauthDeps,
  { id, accountId }: Session,
): Reauthentication['proofs'] {
  const fresh = freshFactors.list(id);
  const hasDevice = devices.list(accountId).some((device) => !fresh.has(device.id));
  const hasRecoveryCode = !fresh.has(recoveryCodesFactor) && (recoveryCodes.state(accountId)?.remaining ?? 0) > 0;
  return ['password', ...(hasDevice ? ['code' as const] : []), ...(hasRecoveryCode ? ['recovery-code' as const] : [])];
}
