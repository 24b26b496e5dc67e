import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeTempFolder } from '../../../../tests/support/temp-folder.ts';
import { openExport, sealExport } from './export-file.ts';

const passphrase = 'längere Worte sind besser';
const content = Buffer.from('{"profile":"Ada Lovelace, Zürich"}');
let file: Buffer;
beforeAll(async () => {
  file = await sealExport(content, passphrase);
});

/** The file with its bytes changed at one place. */
function withByte(at: number): Buffer {
  const changed = Buffer.from(file);
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
  return changed;
}

// Each derivation takes half a second, on a busy machine several.
describe('E10 an encrypted export', () => {
  it('opens with its passphrase, composed or not, and with no other', async () => {
    expect(await openExport(file, passphrase)).toEqual(content);
    expect(await openExport(file, passphrase.normalize('NFD'))).toEqual(content);
    expect(await openExport(file, 'another passphrase')).toBeUndefined();
  });

  it('shows nothing of what is in it, and no two are alike', async () => {
    expect(file.includes('Lovelace') || file.includes(content.toString('base64').slice(4, 20))).toBe(false);
    expect((await sealExport(content, passphrase)).equals(file)).toBe(false);
  });

  it('opens without this app, by the script in docs/security.md alone', () => {
    const [, script = ''] =
      /```js\n([^`]+)```/.exec(readFileSync(join(import.meta.dirname, '../../../../docs/security.md'), 'utf8')) ?? [];
    using folder = makeTempFolder();
    const [program, exported] = ['open-export.mjs', 'export'].map((name) => join(folder.path, name));
    writeFileSync(program!, script);
    writeFileSync(exported!, file);
    const open = (input: string) => spawnSync(process.execPath, [program!, exported!], { input });
    expect(open(`${passphrase.normalize('NFD')}\n`).stdout).toEqual(content);
    const { status, stdout } = open('another passphrase');
    expect([status, stdout.length]).toEqual([1, 0]);
  });

  it('is not opened once anything of it was changed, or cut off', async () => {
    const inHead = file.indexOf('version') + 9;
    const inBody = file.indexOf('\n') + 8;
    for (const broken of [
      withByte(inHead),
      withByte(inBody),
      file.subarray(0, -20),
      Buffer.alloc(0),
      Buffer.from('no export'),
    ]) {
      expect(await openExport(broken, passphrase)).toBeUndefined();
    }
  });

  it('does not take the cost of opening from the file', async () => {
    const greedy = Buffer.from(file.toString().replace('"N":131072', '"N":1073741824'));
    expect(await openExport(greedy, passphrase)).toBeUndefined();
  });
});
