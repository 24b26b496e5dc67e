import type { AppContract } from '../../shared/contract/index.ts';
import type { EventMap, Handlers } from '../../shared/rpc/define.ts';
import type { AppService } from './features/app/app.service.ts';
import type { ConnectionRegistry } from './accounts/connection-registry.ts';
import type { Requests } from './accounts/requests.ts';
import { Enrolments } from './features/mfa/enrolments.ts';
import { createMfaService } from './features/mfa/mfa.service.ts';
import type { OtpLabel } from './features/mfa/otpauth-link.ts';
import { createRecoveryCodesService } from './features/mfa/recovery-codes.service.ts';
import { createPasswordService } from './features/password/password.service.ts';
import type { Targets } from './accounts/targets/targets.ts';
import type { ServiceEmitter } from './core/service-events.ts';
import type { Clock, FilePicker } from './ports.ts';
import type { AccountProtection } from './provider/account-protection.ts';
import { ReauthService } from './accounts/reauth/reauth.service.ts';

type Events = EventMap<AppContract>;

export interface Protection {
  readonly handlers: Pick<Handlers<AppContract>, 'reauth' | 'password' | 'mfa' | 'recoveryCodes'>;
  /** Stands before the dangerous acts of others. */
  readonly reauth: Pick<ReauthService, 'require'>;
  stop(): void;
}

export interface ProtectionParts {
  readonly live: Requests<AccountProtection>;
  readonly registry: Pick<ConnectionRegistry, 'get'>;
  readonly targets: Pick<Targets, 'forgetDemoPassword'>;
  readonly app: Pick<AppService, 'tolerate'>;
  readonly filePicker: FilePicker;
  readonly clock: Clock;
  readonly events: ServiceEmitter;
  readonly emit: <K extends 'reauth.changed' | 'mfa.changed'>(channel: K, payload: Events[K]) => void;
}

/** Wires together what protects an account: re-authentication, password, MFA and recovery codes. */
export function createProtection(parts: ProtectionParts): Protection {
  const { live, registry, targets, app, filePicker, clock, events, emit } = parts;

  async function describe(connectionId: string): Promise<OtpLabel> {
    const { providerName, person } = await registry.get(connectionId);
    return { issuer: providerName, account: person.email || person.name };
  }

  /** What the sign-in page offers of the demo must be what opens it (D7). */
  async function notePassword(connectionId: string): Promise<void> {
    const { target } = await registry.get(connectionId);
    if (target.kind === 'embedded') await app.tolerate(() => targets.forgetDemoPassword());
  }

  const reauth = new ReauthService({
    live,
    clock,
    emit(channel, state) {
      emit(channel, state);
      if (state.validUntil !== null) void events.emit('proof-given', { connectionId: state.connectionId });
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
  events.on('proof-refused', ({ connectionId }) => reauth.noteRefusal(connectionId));
  // Closes its window, and forgets the secrets held for it.
  events.on('session-ended', ({ connectionId }) => {
    for (const holder of [reauth, enrolments, recoveryCodes]) holder.drop(connectionId);
  });

  return {
    handlers: {
      reauth: reauth.handlers,
      password: createPasswordService(live, notePassword),
      mfa: mfa.handlers,
      recoveryCodes: recoveryCodes.handlers,
    },
    reauth,
    stop() {
      reauth.stop();
      enrolments.drop();
      recoveryCodes.drop();
    },
  };
}
