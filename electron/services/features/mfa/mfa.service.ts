import type { MfaStatus, RecoveryCodes } from '../../../../shared/contract/account/mfa.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { AccountLabel } from '../../core/account-label.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { Sequence } from '../../core/sequence.ts';
import { createSnapshotHeads } from '../../core/snapshot-heads.ts';
import type { Clock } from '../../ports.ts';
import { confirmOutcome } from '../../provider/outcome.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { AccountDeviceNames, AccountProtection, MfaChange, MfaState } from '../../provider/account-protection.ts';
import type { ReauthService } from '../../accounts/reauth/reauth.service.ts';
import { generateSecret, readTypedSecret } from './base32-secret.ts';
import type { Enrolments } from './enrolments.ts';
import { describeSecret, readOtpauthLink } from './otpauth-link.ts';
import type { RecoveryCodesService } from './recovery-codes.service.ts';
import { createTypedSecrets } from './typed-secrets.ts';

export interface MfaService {
  readonly handlers: Handlers<AppContract>['mfa'];
  /** Something about it changed by another way: reads it anew and tells of it. */
  refresh(accountId: string): Promise<void>;
}

type MfaAccount = AccountProtection & AccountDeviceNames;

export interface MfaDeps {
  readonly signedIn: Requests<MfaAccount>;
  readonly reauth: Pick<ReauthService, 'require' | 'reread'>;
  readonly enrolments: Enrolments;
  readonly clock: Clock;
  readonly sequence: Sequence;
  readonly recoveryCodes: Pick<RecoveryCodesService, 'setRecent'>;
  /** For whom a secret is. Errors: not-found. */
  readonly describe: (accountId: string) => Promise<AccountLabel>;
  readonly emit: Emit<'mfa.changed'>;
}

export function createMfaService(deps: MfaDeps): MfaService {
  const { signedIn, reauth, enrolments, recoveryCodes, sequence, describe, emit } = deps;
  const typedSecrets = createTypedSecrets(signedIn, reauth);
  const headOf = createSnapshotHeads(deps.clock, sequence);

  async function read(accountId: string): Promise<MfaStatus> {
    const asked = sequence();
    const state = await signedIn.request(accountId, (account) => account.mfaStatus());
    return { ...headOf(accountId, asked), ...state };
  }

  async function emitStatus(status: MfaStatus): Promise<MfaStatus> {
    emit('mfa.changed', status);
    // What can prove who one is has changed as well; if that cannot be read now, the next question does.
    await reauth.reread(status.accountId).catch(() => undefined);
    return status;
  }

  function emitChange(accountId: string, state: MfaState): Promise<MfaStatus> {
    return emitStatus({ ...headOf(accountId), ...state });
  }

  const finish: Finish = async (accountId, change) => {
    if (change.recoveryCodes) recoveryCodes.setRecent(accountId, change.recoveryCodes);
    return { status: await emitChange(accountId, change.state), recoveryCodes: change.recoveryCodes };
  };

  async function proveAndTell(accountId: string, act: Act, isMade: (state: MfaState) => boolean): Promise<MfaStatus> {
    await reauth.require(accountId);
    return emitChange(accountId, await change(signedIn, accountId, act, isMade));
  }

  return {
    handlers: {
      status: ({ accountId }) => read(accountId),
      ...createEnrolmentHandlers({ enrolments, describe }, finish),
      diagnoseCode: (input) =>
        'enrolment' in input ? enrolments.diagnose(input.enrolment, input.code) : typedSecrets.diagnose(input),
      async renameDevice({ accountId, deviceId, name }) {
        const wanted = cleanText(name);
        const isNamed = ({ devices, passkeys }: MfaState) =>
          [...devices, ...passkeys].some((each) => each.id === deviceId && each.name === wanted);
        const rename: Act = (account) => account.renameDevice(deviceId, wanted);
        return emitChange(accountId, await change(signedIn, accountId, rename, isNamed));
      },
      removeDevice: ({ accountId, deviceId }) =>
        proveAndTell(
          accountId,
          (account) => account.removeDevice(deviceId),
          ({ devices }) => devices.every(({ id }) => id !== deviceId),
        ),
      turnOff: ({ accountId }) => proveAndTell(accountId, turnOff, ({ isOn }) => !isOn),
      ...createSecretHandlers(describe),
      async useSecret(input) {
        return finish(input.accountId, await typedSecrets.use(input));
      },
    },
    async refresh(accountId) {
      await emitStatus(await read(accountId));
    },
  };
}

type Finish = (
  accountId: string,
  change: MfaChange,
) => Promise<{ status: MfaStatus; recoveryCodes: RecoveryCodes | null }>;

function createEnrolmentHandlers(
  { enrolments, describe }: Pick<MfaDeps, 'enrolments' | 'describe'>,
  finish: Finish,
): Pick<MfaService['handlers'], 'beginEnrolment' | 'confirmEnrolment' | 'cancelEnrolment'> {
  return {
    async beginEnrolment({ accountId }) {
      const label = await describe(accountId);
      const { enrolment, expiresAt, secret, parameters } = await enrolments.begin(accountId);
      return {
        enrolment,
        expiresAt: new Date(expiresAt).toISOString(),
        otp: describeSecret(label, secret, parameters),
      };
    },
    async confirmEnrolment({ enrolment, code, name }) {
      const { accountId, change } = await enrolments.confirm(enrolment, code, name);
      return finish(accountId, change);
    },
    cancelEnrolment({ enrolment }) {
      enrolments.cancel(enrolment);
      return {};
    },
  };
}

/** What needs no account: a secret is made and described before anybody is asked to keep it. */
function createSecretHandlers(
  describe: MfaDeps['describe'],
): Pick<MfaService['handlers'], 'generateSecret' | 'describeSecret'> {
  return {
    generateSecret: ({ length }) => ({ secret: generateSecret(length) }),
    async describeSecret({ accountId, secret, parameters }) {
      const link = readOtpauthLink(secret);
      return describeSecret(
        await describe(accountId),
        readTypedSecret(link?.secret ?? secret),
        link?.parameters ?? parameters,
      );
    },
  };
}

const turnOff: Act = (account) => account.turnOffMfa();

type Act = (account: MfaAccount) => Promise<MfaState>;

/** `isMade`: whether the change is to be seen in a state. */
function change(
  signedIn: MfaDeps['signedIn'],
  accountId: string,
  act: Act,
  isMade: (state: MfaState) => boolean,
): Promise<MfaState> {
  return confirmOutcome(
    () => signedIn.request(accountId, act),
    async () => {
      const state = await signedIn.request(accountId, (account) => account.mfaStatus());
      return isMade(state) ? state : undefined;
    },
  );
}
