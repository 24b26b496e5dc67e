import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import { Enrolments } from './enrolments.ts';
import { createMfaService, type MfaDeps } from './mfa.service.ts';
import { createRecoveryCodesService, type RecoveryCodesDeps } from './recovery-codes.service.ts';

export interface CreateMfaDeps
  extends Omit<MfaDeps, 'enrolments' | 'recoveryCodes'>, Omit<RecoveryCodesDeps, 'onRenewed' | 'reauth' | 'signedIn'> {
  readonly events: Pick<ServiceEmitter, 'on'>;
}

/** Authenticator apps and recovery codes. What they hold of a secret goes with its session, and with the app. */
export function createMfa(deps: CreateMfaDeps): Pick<Handlers<AppContract>, 'mfa' | 'recoveryCodes'> {
  const { events } = deps;
  const enrolments = new Enrolments(deps);
  const recoveryCodes = createRecoveryCodesService({ ...deps, onRenewed: (id) => mfa.refresh(id) });
  const mfa = createMfaService({ ...deps, enrolments, recoveryCodes });
  for (const holder of [enrolments, recoveryCodes]) {
    events.on('session-ended', ({ accountId }) => holder.clear(accountId));
    events.on('closing', () => holder.clear());
  }
  return { mfa: mfa.handlers, recoveryCodes: recoveryCodes.handlers };
}
