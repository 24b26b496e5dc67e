import { afterAll, describe, expect, it } from 'vitest';
import { run, writeKeyFile } from '../tests/support/ssh-tools.ts';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { exportOpenSsh, toPublicLine } from './export.ts';
import { describeReading } from './inspect.ts';
import { madeKinds, makeKey } from './make.ts';
import { readKey } from './read.ts';

const folder = makeTempFolder();
afterAll(() => folder[Symbol.dispose]());

describe.each(madeKinds)('K10: a made %s', (kind) => {
  it('K10: reads the same to ssh-keygen and puttygen, with and without a passphrase', async () => {
    const key = await makeKey(kind, 'mara@desk');
    const line = toPublicLine(key.publicKey, 'mara@desk');
    const passphrase = 'Grüße, correct horse';
    const open = writeKeyFile(folder.path, `${kind}-open`, exportOpenSsh(key));
    const locked = writeKeyFile(
      folder.path,
      `${kind}-locked`,
      exportOpenSsh(key, { passphrase: Buffer.from(passphrase), rounds: 2 }),
    );
    const word = writeKeyFile(folder.path, `${kind}-word`, passphrase);
    const derive = (file: string, phrase: string) => run('ssh-keygen', ['-y', '-P', phrase, '-f', file]);
    expect((await derive(open, '')).trim()).toBe(line);
    expect((await derive(locked, passphrase)).trim()).toBe(line);
    expect((await run('puttygen', [open, '-O', 'public-openssh'])).trim()).toBe(line);
    const byPutty = run('puttygen', [locked, '--old-passphrase', word, '-O', 'public-openssh']);
    expect((await byPutty).trim()).toBe(line);
    const [type, bits] = kind === 'ed25519' ? ['ed25519', '256'] : kind.split('-');
    const shown = await run('ssh-keygen', ['-l', '-f', open]);
    expect(shown).toMatch(new RegExp(`^${bits} .* \\(${type}\\)$`, 'im'));
  });
});

it('K10: a thousand of them are each sound, and no two the same', async () => {
  // RSA takes a second each: a few of them.
  const counts = { ed25519: 700, 'ecdsa-256': 150, 'ecdsa-384': 75, 'ecdsa-521': 70, 'rsa-3072': 4, 'rsa-4096': 1 };
  const found = new Set<string>();
  for (const kind of madeKinds) {
    for (let n = 0; n < counts[kind]; n += 1) {
      const file = exportOpenSsh(await makeKey(kind, ''));
      const { verdict, problems, sha256 } = describeReading(await readKey(file));
      expect({ verdict, problems }).toEqual({ verdict: 'accepted', problems: [] });
      found.add(sha256 ?? '');
    }
  }
  expect(found.size).toBe(1_000);
}, 300_000);
