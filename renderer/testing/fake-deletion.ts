import type { Deletion, ExportPart, LocalData } from '../../shared/contract/account/deletion.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Handlers } from '../../shared/rpc/define.ts';

const { deletion } = contract;
export const deletionContract = { deletion };

interface FakeFrame {
  answer<T>(channel: string, input: unknown, value: () => T): Promise<T>;
  /** Whether a proof is missing. */
  asksForProof(): boolean;
  emailOf(accountId: string): string;
  forget(accountId: string): void;
}

/** The end of an account as the screens see it. */
export class FakeDeletion {
  refusal: Deletion['refusal'] = null;
  /** Where the export goes; null for a cancelled choice. */
  file: string | null = '/home/mara/profile-export-control-account.json';
  /** What only this computer holds of each account. */
  localData: LocalData = { sshKeys: 0, sessionNames: 0, draftFields: 0, activityEntries: 0 };
  /** What the service did not give for the export. */
  missing: ExportPart[] = [];
  readonly #frame: FakeFrame;

  constructor(frame: FakeFrame) {
    this.#frame = frame;
  }

  #remove(accountId: string, email: string) {
    if (this.#frame.asksForProof()) throw new AppError('reauth-required');
    if (this.refusal) throw new AppError('forbidden', { reason: 'last-owner' });
    if (email.trim() !== this.#frame.emailOf(accountId))
      throw new AppError('invalid-request', { fields: { email: { code: 'not-valid' } } });
    this.#frame.forget(accountId);
    return {};
  }

  readonly handlers: Handlers<typeof deletionContract> = {
    deletion: {
      get: (input) =>
        this.#frame.answer('deletion.get', input, (): Deletion => ({
          accountId: input.accountId,
          refusal: this.refusal,
          deletes: ['profile', 'contact', 'avatar', 'sessions', 'mfa', 'recovery-codes', 'notifications', 'api-key'],
          keeps: ['company-data', 'sent-mails'],
        })),
      localData: (input) => this.#frame.answer('deletion.localData', input, () => this.localData),
      exportData: (input) =>
        this.#frame.answer('deletion.exportData', input, () => ({ file: this.file, missing: this.missing })),
      remove: (input) => this.#frame.answer('deletion.remove', input, () => this.#remove(input.accountId, input.email)),
    },
  };
}
