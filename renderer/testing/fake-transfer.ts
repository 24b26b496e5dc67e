import { AppError } from '../../shared/contract/errors.ts';
import {
  transfer,
  type TransferOverview,
  type TransferPreview,
  type TransferProblem,
} from '../../shared/contract/transfer.ts';
import { checkPassphrase } from '../../shared/passphrase.ts';
import type { EventMap, Handlers } from '../../shared/rpc/define.ts';

export const transferContract = { transfer };
type Contract = typeof transferContract;

export interface FakeTransferFrame {
  readonly answer: <T>(channel: string, input: unknown, value: () => T) => Promise<T>;
  readonly emit: <K extends keyof EventMap<Contract> & string>(channel: K, payload: EventMap<Contract>[K]) => void;
}

/** Export and import as the screens see them: the file is whatever is sent. */
export class FakeTransfer {
  overview: TransferOverview = {
    counts: { accounts: 2, settings: 2, sessionNames: 3, privateKeys: 1 },
    demoAccounts: 0,
  };
  /** Where the shell saved it; null where the person gave up there. */
  savedTo: string | null = '/home/mara/Downloads/profile-desk-2026-03-01.pdexport';
  /** What opens the vault, asked for with private keys. */
  current: string | undefined;
  /** What opens the file. */
  passphrase = 'seven tulips behind the mill';
  /** Of the file, by the call that finds it. */
  problems = new Map<'look' | 'feed' | 'preview' | 'finishImport', TransferProblem>();
  preview: TransferPreview = {
    from: { version: '0.1.0', computer: 'desk', at: '2026-03-01T10:00:00.000Z' },
    accounts: [
      {
        ...{ providerName: 'Forge', address: 'https://forge.example', name: 'Mara Lindqvist' },
        ...{ email: 'mara@example.com', isHere: false },
      },
    ],
    fresh: { accounts: 1, sessionNames: 2 },
    same: { settings: 1 },
    conflicts: [],
    moreConflicts: 0,
  };
  readonly #frame: FakeTransferFrame;

  constructor(frame: FakeTransferFrame) {
    this.#frame = frame;
  }

  exported(done: number, total: number): void {
    this.#frame.emit('transfer.exported', { done, total });
  }

  #or<T>(call: 'look' | 'feed' | 'preview' | 'finishImport', value: T) {
    const problem = this.problems.get(call);
    return problem ? { problem } : { problem: null, value };
  }

  readonly handlers: Handlers<Contract> = {
    transfer: {
      overview: () => this.#frame.answer('transfer.overview', undefined, () => this.overview),
      exportFile: (input) =>
        this.#frame.answer('transfer.exportFile', input, () => {
          const fields = checkPassphrase({ text: input.passphrase, hint: null });
          if (Object.keys(fields).length > 0) throw new AppError('invalid-request', { fields });
          const asks = this.current !== undefined && input.parts.includes('privateKeys');
          if (asks && input.current !== this.current)
            throw new AppError('unauthenticated', { reason: 'wrong-passphrase' });
          return { file: this.savedTo };
        }),
      cancelExport: () => this.#frame.answer('transfer.cancelExport', undefined, () => ({})),
      look: (input) => this.#frame.answer('transfer.look', input, () => this.#or('look', {})),
      openFile: (input) =>
        this.#frame.answer('transfer.openFile', input, () => {
          if (input.passphrase !== this.passphrase)
            throw new AppError('unauthenticated', { reason: 'wrong-passphrase' });
          return { problem: null, value: { importId: 'i1' } };
        }),
      feed: (input) => this.#frame.answer('transfer.feed', input, () => this.#or('feed', {})),
      preview: (input) => this.#frame.answer('transfer.preview', input, () => this.#or('preview', this.preview)),
      beginImport: (input) => this.#frame.answer('transfer.beginImport', input, () => ({})),
      finishImport: (input) =>
        this.#frame.answer('transfer.finishImport', input, () => {
          const answer = this.#or('finishImport', { taken: this.preview.fresh });
          if (!answer.problem) this.#frame.emit('transfer.imported', {});
          return answer;
        }),
      discard: (input) => this.#frame.answer('transfer.discard', input, () => ({})),
    },
  };
}
