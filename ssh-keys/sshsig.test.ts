import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifySshsig } from '../server/features/identity-keys/sshsig.ts';
import { keyKinds, type KeyOf, makeSshKeys, run, tryToRun, writeKeyFile } from '../tests/support/ssh-tools.ts';
import { makeTempFolder } from '../tests/support/temp-folder.ts';
import { SshWriter } from './encoding/ssh-wire.ts';
import { toPublicLine } from './export.ts';
import { armorSshsig, signSshsig } from './sshsig.ts';

const folder = makeTempFolder();
const namespace = 'key-ownership@profile-desk';
const message = Buffer.from('a challenge\0ÿ\n');
let keyOf: KeyOf;

beforeAll(async () => {
  keyOf = await makeSshKeys(folder.path);
});
afterAll(() => folder[Symbol.dispose]());

function armored(bytes: Uint8Array): string {
  return `-----BEGIN SSH SIGNATURE-----\n${Buffer.from(bytes).toString('base64')}\n-----END SSH SIGNATURE-----\n`;
}

function bytesOf(signature: string): Buffer {
  return Buffer.from(signature.replace(/-----.*-----/g, ''), 'base64');
}

describe.each(keyKinds)('K9: a signature of %s %i', (type, bits) => {
  it('K9: ssh-keygen -Y verify takes it, for its message and namespace alone', async () => {
    const { key } = keyOf(type, bits);
    const signature = writeKeyFile(folder.path, `${type}-${bits}.sig`, signSshsig(key, message, namespace));
    const signers = writeKeyFile(
      folder.path,
      `${type}-${bits}.signers`,
      `me@example.com ${toPublicLine(key.publicKey, '')}\n`,
    );
    const verify = (space: string, input: Uint8Array) =>
      tryToRun('ssh-keygen', ['-Y', 'verify', '-f', signers, '-I', 'me@example.com', '-n', space, '-s', signature], {
        input,
      });
    expect(await verify(namespace, message)).toMatchObject({ code: 0, output: expect.stringContaining('Good') });
    expect((await verify('file', message)).code).not.toBe(0);
    expect((await verify(namespace, Buffer.from('another'))).code).not.toBe(0);
  });

  it('K9: the server takes it, and that of ssh-keygen -Y sign', async () => {
    const { key, path } = keyOf(type, bits);
    const { blob } = key.publicKey;
    const file = writeKeyFile(folder.path, `${type}-${bits}.message`, message);
    await run('ssh-keygen', ['-q', '-Y', 'sign', '-f', path, '-n', namespace, file]);
    const theirs = readFileSync(`${file}.sig`, 'utf8');
    for (const armored of [theirs, signSshsig(key, message, namespace)]) {
      expect(verifySshsig({ armored, message, namespace, blob })).toBe('verified');
      expect(verifySshsig({ armored, message: Buffer.from('another'), namespace, blob })).toBe('wrong-signature');
      expect(verifySshsig({ armored, message, namespace: 'file', blob })).toBe('other-namespace');
    }
  });

  it('K9: the server takes no signature in which one byte is changed', () => {
    const { key } = keyOf(type, bits);
    const bytes = bytesOf(signSshsig(key, message, namespace));
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      const outcome = verifySshsig({ armored: armored(changed), message, namespace, blob: key.publicKey.blob });
      expect(outcome).not.toBe('verified');
    }
  });
});

describe('K9: what the server refuses', () => {
  it('K9: a good signature of another key', () => {
    const armored = signSshsig(keyOf('ed25519', 256).key, message, namespace);
    expect(verifySshsig({ armored, message, namespace, blob: keyOf('ecdsa', 256).key.publicKey.blob })).toBe(
      'other-key',
    );
  });

  it.each([
    '',
    'SSHSIG',
    `-----BEGIN SSH SIGNATURE-----\n${'A'.repeat(20_000)}\n-----END SSH SIGNATURE-----`,
    '-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----',
  ])('K9: what is no signature: %.40s', (armored) => {
    expect(verifySshsig({ armored, message, namespace, blob: keyOf('ed25519', 256).key.publicKey.blob })).toBe(
      'not-a-signature',
    );
  });

  it.each(['ssh-rsa', 'rsa-sha2-1', '__proto__', 'constructor'])(
    'K9: a signature by an algorithm that it does not know: %s',
    (algorithm) => {
      const { key } = keyOf('rsa', 3072);
      const signature = new SshWriter().text(algorithm).string(new Uint8Array(384)).bytes();
      expect(
        verifySshsig({
          armored: armorSshsig(key.publicKey, namespace, signature),
          message,
          namespace,
          blob: key.publicKey.blob,
        }),
      ).toBe('not-supported');
    },
  );

  it('K9: a signature with something behind it', () => {
    const { key } = keyOf('ed25519', 256);
    const bytes = bytesOf(signSshsig(key, message, namespace));
    expect(
      verifySshsig({
        armored: armored(Buffer.concat([bytes, Buffer.of(0)])),
        message,
        namespace,
        blob: key.publicKey.blob,
      }),
    ).toBe('not-a-signature');
  });

  it('K9: a signature cut short at any byte', () => {
    const { key } = keyOf('ecdsa', 256);
    const bytes = bytesOf(signSshsig(key, message, namespace));
    for (let length = 1; length < bytes.length; length += 1) {
      expect(
        verifySshsig({ armored: armored(bytes.subarray(0, length)), message, namespace, blob: key.publicKey.blob }),
      ).toBe('not-a-signature');
    }
  });
});
