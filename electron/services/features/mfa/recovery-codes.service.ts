import type { RecoveryCodes } from '../../../../shared/contract/account/mfa.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import { formatRecoveryCodes } from '../../../../shared/recovery-codes.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { AccountLabel } from '../../core/account-label.ts';
import { nativeText } from '../../core/native-text.ts';
import { withUnknownOutcome } from '../../provider/outcome.ts';
import type { Requests } from '../../accounts/requests.ts';
import { createSecretFile } from '../../files/secret-file.ts';
import type { Clock, FilePicker } from '../../ports.ts';
import type { AccountMfa } from '../../provider/account-protection.ts';
import type { ReauthService } from '../../accounts/reauth/reauth.service.ts';
import { createShortLived } from '../../core/short-lived.ts';

export interface RecoveryCodesService {
  readonly handlers: Handlers<AppContract>['recoveryCodes'];
  /** Notes a set that the screen shows now, so that it can be saved. */
  setRecent(accountId: string, codes: RecoveryCodes): void;
  /** Forgets what is held, of one account or of all. */
  clear(accountId?: string): void;
}

export interface RecoveryCodesDeps {
  readonly signedIn: Requests<AccountMfa>;
  readonly reauth: Pick<ReauthService, 'require'>;
  readonly filePicker: FilePicker;
  readonly clock: Clock;
  readonly describe: (accountId: string) => Promise<AccountLabel>;
  /** All codes of the new set are left. */
  readonly onRenewed: (accountId: string) => Promise<void>;
}

/** Milliseconds for which a set that is on the screen can be saved without asking for it again. */
const lifetimeMs = 600_000;

export function createRecoveryCodesService({
  signedIn,
  reauth,
  filePicker,
  clock,
  describe,
  onRenewed,
}: RecoveryCodesDeps): RecoveryCodesService {
  const recentCodes = createShortLived<RecoveryCodes>(clock);

  function setRecent(accountId: string, codes: RecoveryCodes): RecoveryCodes {
    recentCodes.set(accountId, codes, lifetimeMs);
    return codes;
  }

  async function ask(accountId: string, act: (account: AccountMfa) => Promise<RecoveryCodes>): Promise<RecoveryCodes> {
    await reauth.require(accountId);
    return setRecent(accountId, await signedIn.request(accountId, act));
  }

  const show = (accountId: string): Promise<RecoveryCodes> => ask(accountId, (account) => account.recoveryCodes());

  return {
    handlers: {
      show: ({ accountId }) => show(accountId),
      async renew({ accountId }) {
        // A set that nobody saw can be shown again, but not told from the one before.
        const codes = await ask(accountId, (account) => account.renewRecoveryCodes()).catch((error: unknown) =>
          Promise.reject(withUnknownOutcome(error)),
        );
        // The new set must reach the screen, whatever becomes of this.
        await onRenewed(accountId).catch(() => undefined);
        return codes;
      },
      async save({ accountId }) {
        const codes = recentCodes.get(accountId) ?? (await show(accountId));
        const label = await describe(accountId);
        const file = await filePicker.save(
          createSecretFile(
            nativeText('secretFile.recoveryCodes'),
            label,
            codes.createdAt ?? '',
            formatRecoveryCodes(codes.codes, 'used'),
          ),
        );
        return { file };
      },
    },
    setRecent,
    clear: (accountId) => recentCodes.deleteWhere((_, key) => accountId === undefined || key === accountId),
  };
}
