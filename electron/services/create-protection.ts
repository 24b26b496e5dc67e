import type { AppContract } from '../../shared/contract/index.ts';
import type { EventMap, Handlers } from '../../shared/rpc/define.ts';
import type { ConnectionRegistry } from './connections/connection-registry.ts';
import type { Requests } from './connections/requests.ts';
import { Enrolments } from './mfa/enrolments.ts';
import { createMfaService } from './mfa/mfa.service.ts';
import type { OtpLabel } from './mfa/otpauth-link.ts';
import { createRecoveryCodesService } from './mfa/recovery-codes.service.ts';
import { createPasswordService } from './password/password.service.ts';
import type { Clock, FilePicker } from './ports.ts';
import type { AccountProtection } from './providers/account-protection.ts';
import { ReauthService } from './reauth/reauth.service.ts';

type Events = EventMap<AppContract>;

export interface Protection {
  readonly handlers: Pick<Handlers<AppContract>, 'reauth' | 'password' | 'mfa' | 'recoveryCodes'>;
  /** Stands before the dangerous acts of others. */
  readonly reauth: Pick<ReauthService, 'require'>;
  /** The provider refused an act for want of a proof (E12). */
  noteRefusal(connectionId: string): void;
  /** The connection's session is over: closes its window, and forgets the secrets held for it. */
  drop(connectionId: string): void;
  stop(): void;
}

export interface ProtectionParts {
  readonly live: Requests<AccountProtection>;
  readonly registry: Pick<ConnectionRegistry, 'get'>;
  readonly filePicker: FilePicker;
  readonly clock: Clock;
  /** A window opened, or was found open. */
  readonly onProof: (connectionId: string) => void;
  readonly emit: <K extends 'reauth.changed' | 'mfa.changed'>(channel: K, payload: Events[K]) => void;
}

/** Wires together what protects an account: re-authentication, password, MFA and recovery codes. */
export function createProtection({ live, registry, filePicker, clock, emit, onProof }: ProtectionParts): Protection {
  async function describe(connectionId: string): Promise<OtpLabel> {
    const { providerName, person } = await registry.get(connectionId);
    return { issuer: providerName, account: person.email || person.name };
  }

  const reauth = new ReauthService({
    live,
    clock,
    emit(channel, state) {
      emit(channel, state);
      if (state.validUntil !== null) onProof(state.connectionId);
    },
  });
  const enrolments = new Enrolments({ live, reauth, clock });
  const recoveryCodes = createRecoveryCodesService({
    live,
    reauth,
    filePicker,
    clock,
    describe,
    onRenewed: (id) => mfa.refresh(id),
  });
  const mfa = createMfaService({ live, reauth, enrolments, recoveryCodes, describe, emit });

  return {
    handlers: {
      reauth: reauth.handlers,
      password: createPasswordService(live),
      mfa: mfa.handlers,
      recoveryCodes: recoveryCodes.handlers,
    },
    reauth,
    noteRefusal: (connectionId) => reauth.noteRefusal(connectionId),
    drop(connectionId) {
      reauth.drop(connectionId);
      enrolments.drop(connectionId);
      recoveryCodes.drop(connectionId);
    },
    stop() {
      reauth.stop();
      enrolments.drop();
      recoveryCodes.drop();
    },
  };
}
