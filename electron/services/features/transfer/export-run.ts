import { randomBytes } from 'node:crypto';
import { AppError } from '../../../../shared/contract/errors.ts';
import { maxTransferBytes } from '../../../../shared/contract/transfer.ts';
import type { Clock } from '../../ports.ts';
import type { DeriveKey } from '../../vault/passphrase/derive-key.ts';
import { currentCost } from '../../vault/passphrase/passphrase-slot.ts';
import { exportLines, tooLarge, type ExportLinesDeps } from './export-lines.ts';
import { deriveFileKey, makeHead } from './file/file-head.ts';
import { writeFile } from './file/write-file.ts';

/** Bytes: RFC 9106, section 3.1. */
const saltLength = 16;
/** Milliseconds between two signs of progress. */
const pauseMs = 250;

export interface ExportRunDeps extends Omit<ExportLinesDeps, 'onEntry'> {
  readonly passphrase: string;
  readonly deriveKey: DeriveKey;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/**
 * An export as it is written: nothing is read or derived before it is known where to. Errors: the signal's reason,
 * AppError internal, those of `exportLines`.
 */
export async function* runExport(deps: ExportRunDeps): AsyncGenerator<Buffer, void> {
  const { passphrase, deriveKey, clock, signal, onProgress } = deps;
  let done = 0;
  let size = 0;
  let toldAt = clock.monotonic();
  const onEntry = (): void => {
    signal.throwIfAborted();
    done += 1;
    if (clock.monotonic() - toldAt < pauseMs) return;
    toldAt = clock.monotonic();
    onProgress(done);
  };
  signal.throwIfAborted();
  const kdf = { name: 'argon2id', ...currentCost, salt: randomBytes(saltLength).toString('base64') } as const;
  const { key, passphraseCheck } = await deriveFileKey(passphrase, kdf, deriveKey);
  try {
    for await (const bytes of writeFile(makeHead(kdf, passphraseCheck), key, exportLines({ ...deps, onEntry }))) {
      signal.throwIfAborted();
      size += bytes.length;
      if (size > maxTransferBytes) throw tooLarge();
      yield bytes;
    }
  } finally {
    key.fill(0);
  }
}

/** What ends an export before its end. */
export function cancelled(): AppError {
  return new AppError('cancelled');
}
