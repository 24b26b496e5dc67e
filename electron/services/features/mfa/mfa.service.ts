import type { MfaStatus, RecoveryCodes } from '../../../../shared/contract/account/mfa.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { AccountLabel } from '../../core/account-label.ts';
import { orFindOut } from '../../provider/outcome.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { AccountProtection, MfaChange, MfaState } from '../../provider/account-protection.ts';
import type { ReauthService } from '../../accounts/reauth/reauth.service.ts';
import { generateSecret, readTypedSecret } from './base32-secret.ts';
import type { Enrolments } from './enrolments.ts';
import { describeSecret, readOtpauthLink } from './otpauth-link.ts';
import type { RecoveryCodesService } from './recovery-codes.service.ts';
import { createTypedSecrets } from './typed-secrets.ts';

export interface MfaService {
  readonly handlers: Handlers<AppContract>['mfa'];
  /** Something about it changed by another way: reads it anew and tells of it. */
  refresh(connectionId: string): Promise<void>;
}

export interface MfaOptions {
  readonly signedIn: Requests<AccountProtection>;
  readonly reauth: Pick<ReauthService, 'require' | 'reread'>;
  readonly enrolments: Enrolments;
  readonly recoveryCodes: Pick<RecoveryCodesService, 'hold'>;
  /** For whom a secret is. Errors: not-found. */
  readonly describe: (connectionId: string) => Promise<AccountLabel>;
  readonly emit: (channel: 'mfa.changed', payload: MfaStatus) => void;
}

export function createMfaService({
  signedIn,
  reauth,
  enrolments,
  recoveryCodes,
  describe,
  emit,
}: MfaOptions): MfaService {
  const typedSecrets = createTypedSecrets(signedIn, reauth);
  const readState = (connectionId: string): Promise<MfaState> =>
    signedIn.request(connectionId, (account) => account.mfaStatus());

  async function tell(connectionId: string, state: MfaState): Promise<MfaStatus> {
    const status = { connectionId, ...state };
    emit('mfa.changed', status);
    // What can prove who one is has changed as well; if that cannot be read now, the next question does.
    await reauth.reread(connectionId).catch(() => undefined);
    return status;
  }

  const finish: Finish = async (connectionId, change) => {
    if (change.recoveryCodes) recoveryCodes.hold(connectionId, change.recoveryCodes);
    return { status: await tell(connectionId, change.state), recoveryCodes: change.recoveryCodes };
  };

  async function proveAndTell(
    connectionId: string,
    act: Act,
    isMade: (state: MfaState) => boolean,
  ): Promise<MfaStatus> {
    await reauth.require(connectionId);
    return tell(connectionId, await change(signedIn, connectionId, act, isMade));
  }

  return {
    handlers: {
      status: async ({ connectionId }) => ({ connectionId, ...(await readState(connectionId)) }),
      ...createEnrolmentHandlers({ enrolments, describe }, finish),
      diagnoseCode: (input) =>
        'enrolment' in input ? enrolments.diagnose(input.enrolment, input.code) : typedSecrets.diagnose(input),
      removeDevice: ({ connectionId, deviceId }) =>
        proveAndTell(
          connectionId,
          (account) => account.removeDevice(deviceId),
          ({ devices }) => devices.every(({ id }) => id !== deviceId),
        ),
      turnOff: ({ connectionId }) =>
        proveAndTell(
          connectionId,
          (account) => account.turnOffMfa(),
          ({ isOn }) => !isOn,
        ),
      ...createSecretHandlers(describe),
      async useSecret(input) {
        return finish(input.connectionId, await typedSecrets.use(input));
      },
    },
    async refresh(connectionId) {
      await tell(connectionId, await readState(connectionId));
    },
  };
}

type Finish = (
  connectionId: string,
  change: MfaChange,
) => Promise<{ status: MfaStatus; recoveryCodes: RecoveryCodes | null }>;

function createEnrolmentHandlers(
  { enrolments, describe }: Pick<MfaOptions, 'enrolments' | 'describe'>,
  finish: Finish,
): Pick<MfaService['handlers'], 'beginEnrolment' | 'confirmEnrolment' | 'cancelEnrolment'> {
  return {
    async beginEnrolment({ connectionId }) {
      const label = await describe(connectionId);
      const { enrolment, expiresAt, secret, parameters } = await enrolments.begin(connectionId);
      return {
        enrolment,
        expiresAt: new Date(expiresAt).toISOString(),
        otp: describeSecret(label, secret, parameters),
      };
    },
    async confirmEnrolment({ enrolment, code, name }) {
      const { connectionId, change } = await enrolments.confirm(enrolment, code, name);
      return finish(connectionId, change);
    },
    cancelEnrolment({ enrolment }) {
      enrolments.cancel(enrolment);
      return {};
    },
  };
}

/** What needs no account: a secret is made and described before anybody is asked to keep it. */
function createSecretHandlers(
  describe: MfaOptions['describe'],
): Pick<MfaService['handlers'], 'generateSecret' | 'describeSecret'> {
  return {
    generateSecret: ({ length }) => ({ secret: generateSecret(length) }),
    async describeSecret({ connectionId, secret, parameters }) {
      const link = readOtpauthLink(secret);
      return describeSecret(
        await describe(connectionId),
        readTypedSecret(link?.secret ?? secret),
        link?.parameters ?? parameters,
      );
    },
  };
}

type Act = (account: AccountProtection) => Promise<MfaState>;

/** `isMade`: whether the change is to be seen in a state. */
function change(
  signedIn: MfaOptions['signedIn'],
  connectionId: string,
  act: Act,
  isMade: (state: MfaState) => boolean,
): Promise<MfaState> {
  return orFindOut(
    () => signedIn.request(connectionId, act),
    async () => {
      const state = await signedIn.request(connectionId, (account) => account.mfaStatus());
      return isMade(state) ? state : undefined;
    },
  );
}
