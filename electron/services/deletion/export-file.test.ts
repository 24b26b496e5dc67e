import { createDecipheriv, scryptSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
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

  it('opens by its description alone', () => {
    const [head = '', body = ''] = file.toString().split('\n');
    const { kdf, cipher } = JSON.parse(head) as { kdf: { N: number; r: number; p: number; salt: string }; cipher: { nonce: string } };
    const key = scryptSync(passphrase, Buffer.from(kdf.salt, 'base64'), 32, { N: kdf.N, r: kdf.r, p: kdf.p, maxmem: 2 ** 28 });
    const sealed = Buffer.from(body, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(cipher.nonce, 'base64'));
    decipher.setAAD(Buffer.from(head)).setAuthTag(sealed.subarray(-16));
    expect(Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])).toEqual(content);
  });

  it('is not opened once anything of it was changed, or cut off', async () => {
    const inHead = file.indexOf('version') + 9;
    const inBody = file.indexOf('\n') + 8;
    for (const broken of [withByte(inHead), withByte(inBody), file.subarray(0, -20), Buffer.alloc(0), Buffer.from('no export')]) {
      expect(await openExport(broken, passphrase)).toBeUndefined();
    }
  });

  it('does not take the cost of opening from the file', async () => {
    const greedy = Buffer.from(file.toString().replace('"N":131072', '"N":1073741824'));
    expect(await openExport(greedy, passphrase)).toBeUndefined();
  });
});
