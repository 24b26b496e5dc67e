import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import { Enrolments } from './enrolments.ts';
import { createMfaService, type MfaOptions } from './mfa.service.ts';
import { createRecoveryCodesService, type RecoveryCodesOptions } from './recovery-codes.service.ts';

export interface MfaParts
  extends
    Omit<MfaOptions, 'enrolments' | 'recoveryCodes'>,
    Omit<RecoveryCodesOptions, 'onRenewed' | 'reauth' | 'signedIn'> {
  readonly events: Pick<ServiceEmitter, 'on'>;
}

/** Authenticator apps and recovery codes. What they hold of a secret goes with its session, and with the app. */
export function createMfa(parts: MfaParts): Pick<Handlers<AppContract>, 'mfa' | 'recoveryCodes'> {
  const { events } = parts;
  const enrolments = new Enrolments(parts);
  const recoveryCodes = createRecoveryCodesService({ ...parts, onRenewed: (id) => mfa.refresh(id) });
  const mfa = createMfaService({ ...parts, enrolments, recoveryCodes });
  for (const holder of [enrolments, recoveryCodes]) {
    events.on('session-ended', ({ accountId }) => holder.clear(accountId));
    events.on('closing', () => holder.clear());
  }
  return { mfa: mfa.handlers, recoveryCodes: recoveryCodes.handlers };
}
