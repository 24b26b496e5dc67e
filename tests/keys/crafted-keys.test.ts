import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspectKey, readKey, SshReader, SshWriter } from '../../ssh-keys/index.ts';
import { run, writeKeyFile } from '../support/ssh-tools.ts';
import { useCraftedFiles } from './crafted-files.ts';

// Files that no tool writes, and that keep to the form all the same.

const { folder, at, fingerprintOf, inPem } = useCraftedFiles();

describe('K3: the fingerprint is that of ssh-keygen', () => {
  it('K3: of a key whose numbers have needless zeros in front', async () => {
    const [type = '', base64 = ''] = readFileSync(at('rsa.pub'), 'utf8').split(' ');
    const reader = new SshReader(Buffer.from(base64, 'base64'), 'key');
    const writer = new SshWriter().text(reader.text());
    for (const zeros of [3, 2]) writer.string(Buffer.concat([Buffer.alloc(zeros), reader.string()]));
    const line = `${type} ${Buffer.from(writer.bytes()).toString('base64')} mara\n`;
    expect(await inspectKey(Buffer.from(line))).toMatchObject({
      verdict: 'advised-against',
      sha256: await fingerprintOf(line),
    });
  });

  it.each([
    ['known_hosts', (line: string) => `example.org,10.0.0.1 ${line}`],
    ['lines before it that hold no key', (line: string) => `something else\n# a comment\n\n${line}`],
  ])('K1 K3: of a key in %s', async (_, around) => {
    const text = around(readFileSync(at('ed25519.pub'), 'utf8'));
    expect(await inspectKey(Buffer.from(text))).toMatchObject({
      verdict: 'accepted',
      comment: 'mara',
      sha256: await fingerprintOf(text),
    });
  });
});

it('K1 K3: a comment may begin as base64 does', async () => {
  const line = readFileSync(at('ed25519.pub'), 'utf8').replace('mara', 'AAAA mara');
  expect(await inspectKey(Buffer.from(line))).toMatchObject({
    verdict: 'accepted',
    comment: 'AAAA mara',
    sha256: await fingerprintOf(line),
  });
});

it('K1: any white space may stand in the base64, and no other character', async () => {
  const file = readFileSync(at('ed25519'), 'latin1');
  const lineEnds = (by: string) => Buffer.from(file.replace(/(?<=[A-Za-z0-9+/])\n/g, by), 'latin1');
  for (const space of ['', ' ', '\t\f', '\v', '\u00a0'])
    expect(await inspectKey(lineEnds(space))).toMatchObject({ verdict: 'accepted', comment: 'mara' });
  for (const other of ['-', '_', '.', '=', '\0', '\u00e4'])
    expect(await inspectKey(lineEnds(other))).toMatchObject({ verdict: 'damaged', sha256: null });
});

it('K1: a key that stands behind its X.509 certificate is found', async () => {
  const pem = await inPem(at('rsa'));
  const certificate = await run('openssl', ['req', '-x509', '-key', pem, '-subj', '/CN=mara', '-days', '1']);
  expect(await inspectKey(Buffer.from(certificate))).toMatchObject({
    verdict: 'unsupported',
    problems: [{ code: 'x509-certificate' }],
  });
  expect(await inspectKey(Buffer.concat([Buffer.from(certificate), readFileSync(pem)]))).toMatchObject({
    verdict: 'advised-against',
    format: 'pkcs1',
  });
});

describe('K1: what PuTTYgen writes as an OpenSSH key is read, however long its padding is', () => {
  const written = async (comment: string, phrase: string) => {
    await run('puttygen', [
      at('ed25519'),
      '-C',
      comment,
      '-O',
      'private-openssh-new',
      '--new-passphrase',
      writeKeyFile(folder.path, 'phrase', phrase),
      '-o',
      at('written'),
    ]);
    return readFileSync(at('written'));
  };

  it('K1: in the clear, 1 to 16 bytes', async () => {
    for (let length = 0; length < 16; length += 1) {
      const comment = 'c'.repeat(length);
      expect(await inspectKey(await written(comment, ''))).toMatchObject({
        verdict: 'accepted',
        comment: comment || null,
      });
    }
  });

  it('K1 K2: encrypted, a whole block', async () => {
    // 131 bytes stand around the comment.
    expect(await inspectKey(await written('c'.repeat(13), 'secret'), 'secret')).toMatchObject({
      verdict: 'accepted',
      encrypted: true,
    });
  });

  it('K2: and another padding is damaged', async () => {
    const file = (await written('c'.repeat(12), '')).toString();
    const content = Buffer.from(file.replace(/-----.*-----/g, ''), 'base64');
    content.writeUInt8(0, content.length - 1);
    expect(
      await inspectKey(Buffer.from(file.replace(/(?<=KEY-----\n)[^-]*/, `${content.toString('base64')}\n`))),
    ).toMatchObject({ verdict: 'damaged', problems: [{ code: 'damaged', what: 'padding', part: 'private-part' }] });
  });
});

describe('K1 K2: what openssl writes is read', () => {
  const ecKey = async (curve: string, form: string) => {
    const path = writeKeyFile(
      folder.path,
      'ec',
      await run('openssl', ['ecparam', '-name', curve, '-genkey', '-noout']),
    );
    return run('openssl', ['ec', '-in', path, '-conv_form', form]);
  };

  it.each(['prime256v1', 'secp384r1', 'secp521r1'])('K1 K3: %s with its point in each form', async (curve) => {
    for (const form of ['uncompressed', 'compressed', 'hybrid']) {
      const pem = await ecKey(curve, form);
      expect(await inspectKey(Buffer.from(pem))).toMatchObject({
        verdict: 'accepted',
        format: 'sec1',
        sha256: await fingerprintOf(pem),
      });
    }
  });

  it.each(['compressed', 'hybrid'])(
    'K2: and with the other of the two points in %s form it is damaged',
    async (form) => {
      const pem = await ecKey('prime256v1', form);
      const der = Buffer.from(pem.replace(/-----.*-----/g, ''), 'base64');
      const at = der.length - (form === 'hybrid' ? 65 : 33);
      der.writeUInt8(der.readUInt8(at) ^ 1, at);
      expect(
        await inspectKey(
          Buffer.from(`-----BEGIN EC PRIVATE KEY-----\n${der.toString('base64')}\n-----END EC PRIVATE KEY-----\n`),
        ),
      ).toMatchObject({ verdict: 'damaged', sha256: null });
    },
  );

  it.each([[], ['-scrypt']])('K2: PKCS #8 under an empty passphrase %j', async (...options) => {
    const pem = await run('openssl', [
      'pkcs8',
      '-topk8',
      '-in',
      await inPem(at('rsa')),
      ...options,
      '-passout',
      'pass:',
    ]);
    expect(await inspectKey(Buffer.from(pem))).toMatchObject({ verdict: 'needs-passphrase' });
    expect(await inspectKey(Buffer.from(pem), '')).toMatchObject({ verdict: 'advised-against', encrypted: true });
  });
});

describe('K2: an RSA key is damaged', () => {
  it('K2: if one of the numbers is changed that other programs sign with', async () => {
    const pem = await run('openssl', ['rsa', '-in', await inPem(at('rsa')), '-traditional']);
    const der = Buffer.from(pem.replace(/-----.*-----/g, ''), 'base64');
    expect(await inspectKey(Buffer.from(pem))).toMatchObject({ verdict: 'advised-against' });
    // From its end: the inverse of q, then d modulo q - 1, then d modulo p - 1, each of 128 bytes.
    for (const fromEnd of [60, 200, 340]) {
      const changed = Buffer.from(der);
      changed.writeUInt8(changed.readUInt8(der.length - fromEnd) ^ 1, der.length - fromEnd);
      const file = `-----BEGIN RSA PRIVATE KEY-----\n${changed.toString('base64')}\n-----END RSA PRIVATE KEY-----\n`;
      expect(await inspectKey(Buffer.from(file))).toMatchObject({ verdict: 'damaged', sha256: null });
    }
  });
});

it('K5: a key that was read is its three parts and nothing else, as it crosses to another process', async () => {
  const { privateKey } = await readKey(readFileSync(await inPem(at('rsa'))));
  expect(Object.keys(privateKey ?? {}).sort()).toEqual(['agentForm', 'comment', 'publicKey']);
  const { buffer, byteOffset, length } = privateKey?.agentForm ?? new Uint8Array();
  expect(new Uint8Array(buffer, byteOffset + length).every((byte) => byte === 0)).toBe(true);
});
