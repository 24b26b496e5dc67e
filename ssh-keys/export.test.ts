import { createECDH, createPrivateKey, createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyKinds, type KeyOf, makeSshKeys, run, tryToRun, writeKeyFile } from '../tests/support/ssh-tools.ts';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { SshWriter } from './encoding/ssh-wire.ts';
import { exportOpenSsh, exportPkcs8, toPublicLine } from './export.ts';
import { toPkcs8 } from './formats/pkcs8.ts';
import { readKey } from './read.ts';

const folder = makeTempFolder();
const passphrase = 'correct horse ÿ 電池';
const secret = Buffer.from(passphrase);
let keyOf: KeyOf;

beforeAll(async () => {
  keyOf = await makeSshKeys(folder.path);
});
afterAll(() => folder[Symbol.dispose]());

/** The public line, with the comment, that ssh-keygen derives from a private key file. */
async function deriveLine(file: string, phrase = ''): Promise<string> {
  return (await run('ssh-keygen', ['-y', '-P', phrase, '-f', file])).trim();
}

describe.each(keyKinds)('K5: what is exported of %s %i', (type, bits) => {
  it('K5: the public line is that of ssh-keygen', () => {
    const { key, publicLine } = keyOf(type, bits);
    expect(toPublicLine(key.publicKey, key.comment)).toBe(publicLine);
  });

  it('K1 K5: this app reads its own files to the same key', async () => {
    const { key } = keyOf(type, bits);
    const files = [
      exportOpenSsh(key),
      exportOpenSsh(key, { passphrase: secret, rounds: 2 }),
      exportPkcs8(key),
      exportPkcs8(key, secret),
    ];
    for (const file of files) {
      const { privateKey } = await readKey(file, secret);
      expect(privateKey?.publicKey).toEqual(key.publicKey);
      expect(Buffer.from(privateKey?.agentForm ?? []).equals(key.agentForm)).toBe(true);
    }
  });

  it('K5: ssh-keygen and puttygen read the OpenSSH file, comment included', async () => {
    const { key, publicLine } = keyOf(type, bits);
    const file = writeKeyFile(folder.path, `${type}-${bits}-plain`, exportOpenSsh(key));
    expect(await deriveLine(file)).toBe(publicLine);
    expect((await run('puttygen', [file, '-O', 'public-openssh'])).trim()).toBe(publicLine);
  });

  it('K5: with a passphrase both read it with that passphrase alone', async () => {
    const { key, publicLine } = keyOf(type, bits);
    const content = exportOpenSsh(key, { passphrase: secret, rounds: 2 });
    const file = writeKeyFile(folder.path, `${type}-${bits}-locked`, content);
    expect(await deriveLine(file, passphrase)).toBe(publicLine);
    expect(await tryToRun('ssh-keygen', ['-y', '-P', 'another', '-f', file])).toMatchObject({
      code: 255,
      output: expect.stringContaining('incorrect passphrase'),
    });
    const phraseFile = writeKeyFile(folder.path, 'phrase', passphrase);
    expect((await run('puttygen', [file, '--old-passphrase', phraseFile, '-O', 'public-openssh'])).trim()).toBe(
      publicLine,
    );
  });

  it('K5: openssl reads the PKCS#8 file and finds nothing wrong, with and without a passphrase', async () => {
    const { key, publicLine } = keyOf(type, bits);
    const expected = createPublicKey(
      createPrivateKey({ key: Buffer.from(toPkcs8(key)), format: 'der', type: 'pkcs8' }),
    ).export({ format: 'pem', type: 'spki' });
    const plain = writeKeyFile(folder.path, `${type}-${bits}-pkcs8`, exportPkcs8(key));
    const locked = writeKeyFile(folder.path, `${type}-${bits}-pkcs8-locked`, exportPkcs8(key, secret));
    expect(await run('openssl', ['pkey', '-in', plain, '-pubout'])).toBe(expected);
    expect(await run('openssl', ['pkey', '-in', locked, '-passin', `pass:${passphrase}`, '-pubout'])).toBe(expected);
    expect((await tryToRun('openssl', ['pkey', '-in', locked, '-passin', 'pass:another', '-pubout'])).code).toBe(1);
    // Neither openssl 3.0 nor ssh-keygen 9.2 can do more with Ed25519 in this form.
    if (type === 'ed25519') return;
    expect(await run('openssl', ['pkey', '-in', plain, '-check', '-noout'])).toContain('Key is valid');
    expect(publicLine).toContain(await deriveLine(locked, passphrase));
  });
});

describe('K5: what an export keeps to', () => {
  it('K5: a comment from a stranger cannot add a line', () => {
    const { key } = keyOf('ed25519', 256);
    expect(toPublicLine(key.publicKey, 'me\ncommand="rm" ssh-rsa AAAA')).not.toContain('\n');
    expect(toPublicLine(key.publicKey, '').endsWith(' ')).toBe(false);
  });

  it('K5: a private number that begins with zeros keeps its place', async () => {
    const ecdh = createECDH('prime256v1');
    ecdh.setPrivateKey(Buffer.from(`0000${'5a'.repeat(30)}`, 'hex'));
    const form = new SshWriter()
      .text('ecdsa-sha2-nistp256')
      .text('nistp256')
      .string(ecdh.getPublicKey())
      .mpint(ecdh.getPrivateKey())
      .bytes();
    const file = writeKeyFile(
      folder.path,
      'short-number',
      exportPkcs8({
        publicKey: { type: 'ecdsa-sha2-nistp256', bits: 256, blob: new Uint8Array() },
        comment: '',
        agentForm: form,
      }),
    );
    expect(await run('openssl', ['pkey', '-in', file, '-check', '-noout'])).toContain('Key is valid');
  });

  it('K5: two exports under one passphrase differ in what is encrypted', () => {
    const { key } = keyOf('ed25519', 256);
    const sections = [1, 2].map(() =>
      Buffer.from(exportOpenSsh(key, { passphrase: secret, rounds: 1 }))
        .toString()
        .split('\n')
        .slice(4, -2),
    );
    expect(sections[0]).not.toEqual(sections[1]);
  });

  it('K5: the key in memory is left as it was', () => {
    const { key } = keyOf('ecdsa', 521);
    const before = Buffer.from(key.agentForm).toString('hex');
    exportOpenSsh(key, { passphrase: secret, rounds: 1 });
    exportOpenSsh(key);
    exportPkcs8(key, secret);
    expect(Buffer.from(key.agentForm).toString('hex')).toBe(before);
  });
});
