import { readFileSync } from 'node:fs';
import { startNodeKeyWorker } from '../../electron/services/features/ssh-keys/worker/node-key-worker.ts';
import { createSettingsFile } from '../../electron/services/files/settings-file.ts';
import { openConf } from '../../preview/ports/open-conf.ts';
import type { TransferProblem } from '../../shared/contract/transfer.ts';
import { openAppWith } from '../integration/open-app.ts';
import { createFileKeyWrapper } from './file-key-wrapper.ts';

// A process that imports an export, in so many pieces, until it is killed. Each line is one step that is over.

/** A line each, and one for the beginning and for the end. */
const pieces = 12;

const [folder = '', keyFile = '', exportFile = '', passphrase = ''] = process.argv.slice(2);
const { calls } = await openAppWith(folder, {
  keyWrapper: createFileKeyWrapper(keyFile),
  settingsFile: createSettingsFile(folder, openConf),
  ssh: { folder: '/nowhere', agentPath: undefined, startKeyWorker: startNodeKeyWorker },
});
const file = readFileSync(exportFile);

const say = (line: string) => new Promise<void>((resolve) => process.stdout.write(`${line}\n`, () => resolve()));

/** Errors: Error, with the kind of the problem. */
function valueOf<T>(answer: { problem: TransferProblem } | { problem: null; value: T }): T {
  if (answer.problem) throw new Error(answer.problem.kind);
  return answer.value;
}

async function send(importId: string, onSent: (at: number) => unknown): Promise<void> {
  const length = Math.ceil(file.length / pieces);
  for (let at = 0; at < file.length; at += length) {
    valueOf(await calls.transfer.feed({ importId, content: file.subarray(at, at + length).toString('base64') }));
    await onSent(at);
  }
}

const head = file.subarray(0, 4_096).toString('base64');
const { importId } = valueOf(await calls.transfer.openFile({ size: file.length, head, passphrase }));
await send(importId, () => undefined);
valueOf(await calls.transfer.preview({ importId }));
await calls.transfer.beginImport({ importId, theirs: [] });
await say('begun');
await send(importId, (at) => say(`read ${String(at)}`));
valueOf(await calls.transfer.finishImport({ importId }));
await say('taken over');
// Until it is killed.
setInterval(() => undefined, 60_000);
