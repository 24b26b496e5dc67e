import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startKeyWorker } from '../../../../tests/support/start-key-worker.ts';
import { makeTempFolder } from '../../../../tests/support/temp-folder.ts';
import { createSystemClock } from '../../core/clock.ts';
import { createDeriveKey } from '../../vault/passphrase/derive-key.ts';
import { runExport } from './export-run.ts';
import { makeHead, readHead } from './file/file-head.ts';

const script = join(import.meta.dirname, '../../../../docs/read-export.mjs');
const passphrase = 'Zürich im Nebel';
const clock = createSystemClock();
const names = Array.from({ length: 1_200 }, (_, n) => ({
  id: `session-${String(n)}`,
  name: `Gerät ${'ß'.repeat(n % 90)}`,
}));
let file: Buffer;

beforeAll(async () => {
  const account = {
    ...({ id: 'here', kind: 'gitea', personId: '7', providerName: 'Forge', isSignedOut: false } as const),
    target: { kind: 'address', address: 'https://forge.example' } as const,
    person: { name: 'Ada', email: 'ada@example.com', avatar: null },
  };
  const part = {
    ...{ name: 'sessionNames' as const, count: () => Promise.resolve(names.length) },
    async *records() {
      yield* names;
    },
  };
  const chunks: Buffer[] = [];
  const content = runExport({
    ...{ passphrase, clock, accounts: [account], parts: [part as never] },
    about: { version: '1.2.3', computer: 'desk', at: '2026-11-29T00:00:00.000Z' },
    deriveKey: createDeriveKey({ start: startKeyWorker, clock }),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  for await (const chunk of content) chunks.push(chunk);
  file = Buffer.concat(chunks);
});

function read(content: Buffer, input = `${passphrase}\n`): { said: string; text: string; status: number | null } {
  using folder = makeTempFolder();
  const path = join(folder.path, 'export');
  writeFileSync(path, content);
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, path], { input });
  return { said: stderr.toString(), text: stdout.toString(), status };
}

describe('X14 an export without this app', () => {
  it('is opened by the script in docs, in either form of its passphrase', () => {
    const { text, said, status } = read(file, passphrase.normalize('NFD'));
    expect([status, said]).toEqual([0, '']);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toEqual({ about: { version: '1.2.3', computer: 'desk', at: '2026-11-29T00:00:00.000Z' } });
    expect(lines.slice(2, -1).map(({ value }) => value)).toEqual(names);
    expect(lines.at(-1)).toEqual({ end: names.length + 1 });
  });

  it('is not opened by anything else, and the script says why', () => {
    const broken = Buffer.from(file);
    broken.writeUInt8(broken.readUInt8(80_000) ^ 1, 80_000);
    const later = Buffer.from(file.toString('latin1').replace('"version":1', '"version":2'), 'latin1');
    const line = makeHead({ ...readHead(file).kdf, memoryKiB: 1_048_576, passes: 32 }, Buffer.alloc(32));
    const cases: [Buffer, string, RegExp][] = [
      [Buffer.concat([line, file.subarray(file.indexOf('\n'))]), passphrase, /damaged/],
      [file, 'another', /not its passphrase/],
      [broken, passphrase, /damaged/],
      [file.subarray(0, -1), passphrase, /end of the file is missing/],
      [Buffer.concat([file, Buffer.from('x')]), passphrase, /follows/],
      [later, passphrase, /version 2/],
      [Buffer.from('{}\n'), passphrase, /no export/],
    ];
    for (const [content, typed, why] of cases) {
      const { status, said } = read(content, typed);
      expect([status, said]).toEqual([1, expect.stringMatching(why)]);
    }
  });
});
