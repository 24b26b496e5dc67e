import { Secret } from 'otpauth';
import type { CodeDiagnosis, OtpParameters } from '../../../../shared/contract/account/mfa.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { withoutGrouping } from '../../../../shared/typed-text.ts';
import { confirmOutcome } from '../../provider/outcome.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { AccountProtection, MfaChange } from '../../provider/account-protection.ts';
import type { ReauthService } from '../../accounts/reauth/reauth.service.ts';
import { readTypedSecret } from './base32-secret.ts';
import { diagnoseCode } from './diagnose-code.ts';
import { findAddedDevice } from './find-added-device.ts';

interface TypedCode {
  readonly accountId: string;
  readonly secret: string;
  readonly parameters: OtpParameters;
  readonly code: string;
}

/** Secrets that the person brings along (C5), instead of one that the provider makes. */
export interface TypedSecrets {
  /** Errors: invalid-request (`secret`), offline. */
  diagnose(typed: TypedCode): Promise<CodeDiagnosis>;
  /** Errors: invalid-request (`secret`, `code`), reauth-required, not-offered, those of the provider. */
  use(typed: TypedCode & { readonly name: string }): Promise<MfaChange>;
}

export function createTypedSecrets(
  signedIn: Requests<AccountProtection>,
  reauth: Pick<ReauthService, 'require'>,
): TypedSecrets {
  async function diagnose({ accountId, secret, parameters, code }: TypedCode): Promise<CodeDiagnosis> {
    const key = Secret.fromBase32(readTypedSecret(secret));
    const now = await signedIn.request(accountId, (account) => account.serverNow());
    return diagnoseCode(key, parameters, withoutGrouping(code), now);
  }

  return {
    diagnose,
    async use(typed) {
      const { accountId, parameters, code, name } = typed;
      const secret = readTypedSecret(typed.secret);
      await reauth.require(accountId);
      const before = await signedIn.request(accountId, (account) => account.mfaStatus());
      if (!before.offers.includes('typed-secret')) throw new AppError('not-offered');
      if ((await diagnose(typed)).kind !== 'right')
        throw new AppError('invalid-request', { fields: { code: { code: 'not-valid' } } });
      return confirmOutcome(
        () =>
          signedIn.request(accountId, (account) =>
            account.useSecret({ secret, parameters }, withoutGrouping(code), name),
          ),
        () => findAddedDevice(signedIn, accountId, before, name),
      );
    },
  };
}
