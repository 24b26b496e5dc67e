import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { container } from '../../../testing/key-container.ts';
import { makeTempFolder } from '../../../../../tests/support/temp-folder.ts';
import { createSystemClock } from '../../../core/clock.ts';
import { silentLog } from '../../../testing/test-storage.ts';
import { type KeyVerdict, readKey } from '../../../../../ssh-keys/index.ts';
import type { KeyOutcome, ReadFile } from './key-worker.contract.ts';
import { KeyWorker } from './key-worker.ts';
import { startNodeKeyWorker } from './node-key-worker.ts';

const temp = makeTempFolder();
const chosen = join(temp.path, 'chosen');
const inChosen = (name: string) => join(chosen, name);
/** Milliseconds, also on a busy machine. */
const enough = 120_000;

beforeAll(() => {
  mkdirSync(inChosen('work'), { recursive: true });
  mkdirSync(join(temp.path, 'elsewhere'));
  const make = (file: string, passphrase: string) =>
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'mara@work', '-f', file]);
  make(inChosen('id_ed25519'), '');
  make(inChosen('work/locked'), 'open sesame');
  make(join(temp.path, 'elsewhere/other'), '');
});
afterAll(() => temp[Symbol.dispose]());

let worker: KeyWorker;
let started: number;
beforeEach(() => {
  started = 0;
  const start = () => {
    started += 1;
    return startNodeKeyWorker();
  };
  worker = new KeyWorker({ start, clock: createSystemClock(), log: silentLog });
});
afterEach(() => worker.stop());

const read = (path: string, within: string | null = null) =>
  worker.run((keys) => keys.read({ paths: [path], within }), enough).then(([file]) => file!);

function outcomesOf(file: ReadFile): readonly KeyOutcome[] {
  return 'outcomes' in file ? file.outcomes : [];
}

/** The verdict after trying a passphrase on what the worker gave. */
async function unlock(outcome: KeyOutcome | undefined, passphrase: string): Promise<KeyVerdict> {
  const { locked } = outcome ?? {};
  if (!locked) throw new Error('not locked');
  return (await worker.run((keys) => keys.unlock({ ...locked, passphrase: Buffer.from(passphrase) }), enough))
    .inspection.verdict;
}

describe('K7 a folder', () => {
  it('is listed with all below it, in order', async () => {
    expect(await worker.run((keys) => keys.scan({ folder: chosen, most: 10 }), enough)).toEqual({
      files: ['id_ed25519', 'id_ed25519.pub', 'work/locked', 'work/locked.pub'],
      left: 0,
    });
    expect(await worker.run((keys) => keys.scan({ folder: chosen, most: 1 }), enough)).toEqual({
      files: ['id_ed25519'],
      left: 3,
    });
  });

  it('gives each key once read, with its private half or what a passphrase opens', async () => {
    const plain = await read(inChosen('id_ed25519'));
    expect(plain).toMatchObject({
      realPath: null,
      outcomes: [
        {
          place: null,
          inspection: { verdict: 'accepted', kind: 'private', comment: 'mara@work', problems: [] },
          locked: null,
        },
      ],
    });
    expect(outcomesOf(plain)[0]?.privateKey?.agentForm.length).toBeGreaterThan(64);
    const [outcome] = outcomesOf(await read(inChosen('work/locked')));
    expect(outcome?.inspection).toMatchObject({ verdict: 'needs-passphrase' });
    expect(Buffer.from(outcome?.locked?.content ?? []).equals(readFileSync(inChosen('work/locked')))).toBe(true);
    expect([await unlock(outcome, 'wrong'), await unlock(outcome, 'open sesame')]).toEqual([
      'wrong-passphrase',
      'accepted',
    ]);
  });

  it('gives each key of a file with several; what opens the keys of one OpenSSH file comes once', async () => {
    const [plain, locked] = [readFileSync(inChosen('id_ed25519')), readFileSync(inChosen('work/locked'))];
    const { privateKey } = await readKey(plain);
    const several = container([privateKey!, privateKey!], { passphrase: Buffer.from('secret'), rounds: 1 });
    writeFileSync(inChosen('several'), Buffer.concat([plain, locked, several]));
    const outcomes = outcomesOf(await read(inChosen('several')));
    expect(outcomes).toMatchObject([
      { place: { index: 1, line: 1 }, locked: null },
      { place: { index: 2, line: 8 }, privateKey: null, locked: { at: 0 } },
      { place: { index: 3, line: 16 }, privateKey: null, locked: { at: 0 } },
      { place: { index: 4, line: 16 }, privateKey: null, locked: { at: 1 } },
    ]);
    expect(outcomes[3]?.locked?.content).toBe(outcomes[2]?.locked?.content);
    expect(
      await Promise.all([
        unlock(outcomes[1], 'open sesame'),
        unlock(outcomes[3], 'open sesame'),
        unlock(outcomes[3], 'secret'),
      ]),
    ).toEqual(['accepted', 'wrong-passphrase', 'accepted']);
    const pasted = await worker.run((keys) => keys.inspect({ content: plain }), enough);
    expect(pasted).toMatchObject([{ place: null, inspection: { verdict: 'accepted' } }]);
  });
});

describe('K8 hostile files', () => {
  it('are refused at once, each with its reason', async () => {
    execFileSync('mkfifo', [inChosen('fifo')]);
    writeFileSync(inChosen('huge'), '');
    truncateSync(inChosen('huge'), 1024 ** 3);
    symlinkSync('/dev/zero', inChosen('device'));
    symlinkSync('loop', inChosen('loop'));
    symlinkSync('nowhere', inChosen('dangling'));
    const socket = createServer().listen(inChosen('socket'));
    const faults = await Promise.all(
      ['fifo', 'huge', 'device', 'loop', 'dangling', 'socket', 'work'].map((name) => read(inChosen(name))),
    );
    socket.close();
    expect(faults.map((file) => ('problem' in file ? file.problem : ''))).toEqual([
      { code: 'pipe' },
      { code: 'file-too-large', bytes: 1_073_741_824, most: 1_048_576 },
      { code: 'device' },
      { code: 'link-loop' },
      { code: 'missing' },
      { code: 'socket-or-device' },
      { code: 'folder' },
    ]);
  });

  it('lead by a link to a key outside only if the person chose the link itself', async () => {
    symlinkSync('../elsewhere/other', inChosen('link'));
    symlinkSync('../elsewhere', inChosen('linked-folder'));
    const real = join(temp.path, 'elsewhere/other');
    expect(await read(inChosen('link'))).toMatchObject({
      realPath: real,
      outcomes: [{ inspection: { verdict: 'accepted' } }],
    });
    expect(await read(inChosen('link'), chosen)).toMatchObject({
      realPath: real,
      problem: { code: 'link-leads-out' },
    });
    expect(await read(inChosen('linked-folder/other'), chosen)).toHaveProperty('problem');
    expect((await worker.run((keys) => keys.scan({ folder: chosen, most: 100 }), enough)).files).not.toContain(
      'linked-folder/other',
    );
  });
});

describe('K8 the worker', () => {
  it('is ended when a job takes too long; the next job has a new one', async () => {
    const content = readFileSync(inChosen('work/locked'));
    await expect(
      worker.run((keys) => keys.unlock({ content, at: 0, passphrase: Buffer.from('wrong') }), 1),
    ).rejects.toMatchObject({ code: 'internal' });
    expect(await read(inChosen('id_ed25519'))).toHaveProperty('outcomes');
    expect(started).toBe(2);
  });

  it('tells of a folder that is not there', async () => {
    await expect(worker.run((keys) => keys.scan({ folder: inChosen('none'), most: 10 }), enough)).rejects.toMatchObject(
      {
        code: 'internal',
      },
    );
  });
});
