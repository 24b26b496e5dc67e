import { createDeriveKey } from '../../electron/services/vault/passphrase/derive-key.ts';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { deriveFileKey, readHead } from '../../electron/services/features/transfer/file/file-head.ts';
import { FileReader } from '../../electron/services/features/transfer/file/file-reader.ts';
import { writeFile } from '../../electron/services/features/transfer/file/write-file.ts';
import type { TransferPart, TransferPreview, TransferProblem } from '../../shared/contract/transfer.ts';
import { startKeyWorker } from '../support/start-key-worker.ts';
import type { AppUnderTest } from './services-under-test.ts';

const chunk = 1_048_576;
type Answer<T> = { problem: TransferProblem } | { problem: null; value: T };

/** Errors: Error, with the kind of the problem. */
function valueOf<T>(answer: Answer<T>): T {
  if (answer.problem) throw new Error(answer.problem.kind);
  return answer.value;
}

/** As the page does: the file is opened, and sent whole. */
async function openAt(app: AppUnderTest, file: Buffer, passphrase: string): Promise<string> {
  const start = { size: file.length, head: file.subarray(0, 4_096).toString('base64') };
  valueOf(await app.calls.transfer.look(start));
  return valueOf(await app.calls.transfer.openFile({ ...start, passphrase })).importId;
}

async function send(app: AppUnderTest, importId: string, file: Buffer): Promise<void> {
  for (let at = 0; at < file.length; at += chunk)
    valueOf(await app.calls.transfer.feed({ importId, content: file.subarray(at, at + chunk).toString('base64') }));
}

export interface OpenedFile {
  readonly preview: TransferPreview;
  /** Takes it over, or `other` that is read in its place; gives what was taken. */
  take(theirs?: string[], other?: Buffer): Promise<Partial<Record<TransferPart, number>>>;
}

export async function openFile(app: AppUnderTest, file: Buffer, passphrase: string): Promise<OpenedFile> {
  const importId = await openAt(app, file, passphrase);
  await send(app, importId, file);
  const preview = valueOf(await app.calls.transfer.preview({ importId }));
  return {
    preview,
    async take(theirs = [], other = file) {
      await app.calls.transfer.beginImport({ importId, theirs });
      await send(app, importId, other);
      return valueOf(await app.calls.transfer.finishImport({ importId })).taken;
    },
  };
}

/** What stands in an export, and another one under the same passphrase. */
export async function openExport(
  file: Buffer,
  passphrase: string,
): Promise<{ lines: readonly string[]; seal: (lines: readonly string[]) => Promise<Buffer> }> {
  const head = readHead(file);
  const deriveKey = createDeriveKey({ start: startKeyWorker, clock: createSystemClock() });
  const { key } = await deriveFileKey(passphrase, head.kdf, deriveKey);
  const lines: string[] = [];
  const reader = new FileReader({ head, key, onLine: (line) => void lines.push(line) });
  await reader.push(file);
  await reader.end();
  return {
    lines,
    async seal(other) {
      const given = (async function* () {
        yield* other;
      })();
      const parts: Buffer[] = [];
      for await (const part of writeFile(head.line, key, given)) parts.push(part);
      return Buffer.concat(parts);
    },
  };
}
