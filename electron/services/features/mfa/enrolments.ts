import { randomUUID } from 'node:crypto';
import { Secret } from 'otpauth';
import type { CodeDiagnosis, OtpParameters } from '../../../../shared/contract/account/mfa.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { withoutGrouping } from '../../../../shared/typed-text.ts';
import { withUnknownOutcome, isOutcomeUnknown } from '../../provider/outcome.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { Clock } from '../../ports.ts';
import type { AccountProtection, MfaChange, MfaState } from '../../provider/account-protection.ts';
import type { ReauthService } from '../../accounts/reauth/reauth.service.ts';
import { createShortLived } from '../../core/short-lived.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { diagnoseCode } from './diagnose-code.ts';
import { findAddedDevice } from './find-added-device.ts';

export interface EnrolmentsDeps {
  readonly signedIn: Requests<AccountProtection>;
  readonly reauth: Pick<ReauthService, 'require'>;
  readonly clock: Clock;
}

export interface NewEnrolment {
  readonly enrolment: string;
  /** Milliseconds since the epoch, by this computer's clock. */
  readonly expiresAt: number;
  /** Base32 without padding. */
  readonly secret: string;
  readonly parameters: OtpParameters;
}

interface Pending {
  readonly accountId: string;
  /** The provider's name of it; the screen gets one of ours. */
  readonly remote: string;
  readonly secret: Secret;
  readonly parameters: OtpParameters;
  readonly before: MfaState;
  /** A confirmation was sent whose outcome nobody knows. */
  isOutcomeUnknown: boolean;
  confirming: Promise<MfaChange> | undefined;
}

/**
 * Enrolments that wait for their first code, one an account at most. Their secrets are in memory only until then:
 * confirmed, cancelled, begun again, expired, signed out or closed, they are overwritten.
 */
export class Enrolments {
  readonly #deps: EnrolmentsDeps;
  readonly #pending;
  readonly #queue = new SerialQueue();

  constructor(deps: EnrolmentsDeps) {
    this.#deps = deps;
    this.#pending = createShortLived<Pending>(deps.clock, ({ secret }) => secret.bytes.fill(0));
  }

  /** Errors: not-offered, reauth-required, and those of the provider. */
  begin(accountId: string): Promise<NewEnrolment> {
    return this.#queue.run(accountId, async () => {
      const { signedIn, reauth, clock } = this.#deps;
      const before = await signedIn.request(accountId, (account) => account.mfaStatus());
      if (!before.offers.includes('enrolment')) throw new AppError('not-offered');
      // Before the first device too: its codes are proofs from then on.
      await reauth.require(accountId);
      const {
        enrolment: remote,
        secret,
        parameters,
        expiresIn,
      } = await signedIn.request(accountId, (account) => account.beginEnrolment());
      this.clear(accountId);
      const enrolment = randomUUID();
      this.#pending.set(
        enrolment,
        {
          accountId,
          remote,
          secret: Secret.fromBase32(secret),
          parameters,
          before,
          isOutcomeUnknown: false,
          confirming: undefined,
        },
        expiresIn,
      );
      return { enrolment, expiresAt: clock.now() + expiresIn, secret, parameters };
    });
  }

  /** Errors: not-found, offline. */
  async diagnose(enrolment: string, code: string): Promise<CodeDiagnosis> {
    const { accountId, secret, parameters } = this.#find(enrolment);
    const now = await this.#deps.signedIn.request(accountId, (account) => account.serverNow());
    return diagnoseCode(secret, parameters, withoutGrouping(code), now);
  }

  /**
   * One confirmation for all who ask at once. Errors: not-found, reauth-required, invalid-request (`code`), those of
   * the provider.
   */
  async confirm(enrolment: string, code: string, name: string): Promise<{ accountId: string; change: MfaChange }> {
    const pending = this.#find(enrolment);
    pending.confirming ??= this.#confirm(enrolment, pending, code, name).finally(
      () => (pending.confirming = undefined),
    );
    return { accountId: pending.accountId, change: await pending.confirming };
  }

  cancel(enrolment: string): void {
    this.#pending.delete(enrolment);
  }

  /** Forgets those of one account, or all. */
  clear(accountId?: string): void {
    this.#pending.deleteWhere((pending) => accountId === undefined || pending.accountId === accountId);
  }

  async #confirm(enrolment: string, pending: Pending, code: string, name: string): Promise<MfaChange> {
    await this.#deps.reauth.require(pending.accountId);
    if ((await this.diagnose(enrolment, code)).kind !== 'right')
      throw new AppError('invalid-request', { fields: { code: { code: 'not-valid' } } });
    try {
      const change = await this.#send(pending, withoutGrouping(code), name);
      this.cancel(enrolment);
      return change;
    } catch (error) {
      // Void: begun again elsewhere, or too old. After any other refusal another code may be tried.
      if (isNotFound(error)) this.cancel(enrolment);
      throw error;
    }
  }

  /** The first answer may get lost, and then a second try finds the enrolment used up: by us. */
  async #send(pending: Pending, digits: string, name: string): Promise<MfaChange> {
    const { accountId, remote, before } = pending;
    const { signedIn } = this.#deps;
    try {
      return await signedIn.request(accountId, (account) => account.confirmEnrolment(remote, digits, name));
    } catch (error) {
      const mayBeIn = isOutcomeUnknown(error) || (pending.isOutcomeUnknown && isNotFound(error));
      pending.isOutcomeUnknown ||= isOutcomeUnknown(error);
      const change = mayBeIn
        ? await findAddedDevice(signedIn, accountId, before, name).catch(() =>
            Promise.reject(withUnknownOutcome(error)),
          )
        : undefined;
      if (!change) throw error;
      return change;
    }
  }

  #find(enrolment: string): Pending {
    const pending = this.#pending.get(enrolment);
    if (!pending) throw new AppError('not-found');
    return pending;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof AppError && error.code === 'not-found';
}
