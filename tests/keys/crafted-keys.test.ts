import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derOctets, derOid, derSequence, derSmallInteger } from '../../electron/services/identity-keys/der-writer.ts';
import { inspectKey } from '../../electron/services/identity-keys/inspect-key.ts';
import { readKey } from '../../electron/services/identity-keys/read-key.ts';
import { SshReader, SshWriter } from '../../electron/services/identity-keys/ssh-wire.ts';
import { run, writeKeyFile } from '../support/ssh-tools.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

// Files that no tool writes, and that keep to the form all the same.

const folder = makeTempFolder();
const at = (name: string) => join(folder.path, name);
beforeAll(async () => {
  await run('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-N', '', '-C', 'mara', '-f', at('rsa')]);
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'mara', '-f', at('ed25519')]);
});
afterAll(() => folder[Symbol.dispose]());

async function fingerprintOf(text: string): Promise<string | undefined> {
  return (await run('ssh-keygen', ['-l', '-f', writeKeyFile(folder.path, 'asked', text)])).split(' ')[1];
}

describe('K3: the fingerprint is that of ssh-keygen', () => {
  it('K3: of a key whose numbers have needless zeros in front', async () => {
    const [type = '', base64 = ''] = readFileSync(at('rsa.pub'), 'utf8').split(' ');
    const reader = new SshReader(Buffer.from(base64, 'base64'), 'the key');
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
    reason: expect.stringContaining('X.509'),
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
    ).toMatchObject({ verdict: 'damaged', reason: expect.stringContaining('padding') });
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

async function inPem(path: string): Promise<string> {
  const copy = writeKeyFile(folder.path, 'copy', readFileSync(path));
  await run('ssh-keygen', ['-q', '-p', '-m', 'PEM', '-P', '', '-N', '', '-f', copy]);
  return copy;
}

describe('K1: a private key is found behind', () => {
  it.each([
    ['its public half in PEM', ['pkey', '-pubout']],
    ['a request for a certificate', ['req', '-new', '-subj', '/CN=mara']],
  ])('K1: %s', async (_, args) => {
    const pem = await inPem(at('rsa'));
    const before = await run('openssl', [...args, args[0] === 'req' ? '-key' : '-in', pem]);
    expect(await inspectKey(Buffer.from(before))).toMatchObject({ verdict: 'unsupported', sha256: null });
    expect(await inspectKey(Buffer.concat([Buffer.from(before), readFileSync(pem)]))).toMatchObject({
      verdict: 'advised-against',
      format: 'pkcs1',
    });
  });

  it('K1: a signature of ssh-keygen', async () => {
    const signature = await run('ssh-keygen', ['-q', '-Y', 'sign', '-n', 'file', '-f', at('ed25519')], {
      input: 'text',
    });
    expect(await inspectKey(Buffer.concat([Buffer.from(signature), readFileSync(at('ed25519'))]))).toMatchObject({
      verdict: 'accepted',
      format: 'openssh',
    });
  });
});

describe('K1 K6: a private key is found where it was put into other text', () => {
  const reading = { verdict: 'accepted', kind: 'private', comment: 'mara' };
  const inJson = (text: string) => JSON.stringify({ key: text }, null, 2);

  it.each<[string, (text: string) => string]>([
    ['quotes', (text) => `"${text}"`],
    ['JSON', inJson],
    ['JSON with its slashes escaped', (text) => inJson(text).replaceAll('/', String.raw`\/`)],
    ['an environment file', (text) => `export KEY="${text.replaceAll('\n', String.raw`\n`)}"`],
    ['an environment file without quotes', (text) => `KEY=${text.replaceAll('\n', String.raw`\r\n`)}\n`],
    ['the source of a page', (text) => `<pre>${text}</pre>`],
    ['YAML', (text) => `key: |\n${text.replace(/^/gm, '  ')}`],
  ])('K1 K6: %s', async (_, around) => {
    expect(await inspectKey(Buffer.from(around(readFileSync(at('ed25519'), 'utf8'))))).toMatchObject(reading);
  });

  it('K2: a text that only speaks of keys is none', async () => {
    for (const text of [
      'grep -- "-----BEGIN OPENSSH PRIVATE KEY-----" *',
      "const begin = '-----BEGIN ';",
      'x-----BEGIN A-----\nAAAA\n-----END B-----',
    ]) {
      expect(await inspectKey(Buffer.from(text))).toMatchObject({ verdict: 'not-a-key' });
    }
  });

  it('K8: an archive that holds a key is none', async () => {
    await run('tar', ['-cf', at('archive.tar'), '-C', folder.path, 'ed25519']);
    expect(await inspectKey(readFileSync(at('archive.tar')))).toMatchObject({ verdict: 'not-a-key' });
  });

  it('K8: a megabyte of beginnings takes no longer than another', async () => {
    expect(await inspectKey(Buffer.from('"-----BEGIN A-----'.repeat(58_000)))).toMatchObject({ verdict: 'not-a-key' });
  });
});

describe('K2: what is no SSH key is called what it is', () => {
  const made = async (...args: string[]) => {
    await run('openssl', [...args, '-out', at('made')]);
    return inspectKey(readFileSync(at('made')));
  };

  it('K2: keys and certificates in binary form are not supported', async () => {
    const pem = await inPem(at('rsa'));
    const selfSigned = await run('openssl', ['req', '-x509', '-key', pem, '-subj', '/CN=mara', '-days', '1']);
    const certificate = writeKeyFile(folder.path, 'certificate', selfSigned);
    const binary = { verdict: 'unsupported', kind: null, reason: expect.stringContaining('DER') };
    expect(await made('rsa', '-in', pem, '-outform', 'DER')).toMatchObject(binary);
    expect(await made('pkcs8', '-topk8', '-in', pem, '-outform', 'DER', '-passout', 'pass:x')).toMatchObject(binary);
    expect(await made('genpkey', '-algorithm', 'ed25519', '-outform', 'DER')).toMatchObject(binary);
    expect(await made('x509', '-in', certificate, '-outform', 'DER')).toMatchObject(binary);
    expect(await made('pkcs12', '-export', '-inkey', pem, '-in', certificate, '-passout', 'pass:x')).toMatchObject(
      binary,
    );
  });

  it('K2: a text that begins like a short sequence is none', async () => {
    for (const text of ['0\n0123456789', '0\n'])
      expect(await inspectKey(Buffer.from(text))).toMatchObject({ verdict: 'not-a-key' });
  });

  it('K2: parameters alone are not a key, also those whose name has dots', async () => {
    expect(await made('ecparam', '-name', 'prime256v1')).toMatchObject({ verdict: 'not-a-key' });
    expect(
      await inspectKey(Buffer.from('-----BEGIN X9.42 DH PARAMETERS-----\nMAA=\n-----END X9.42 DH PARAMETERS-----\n')),
    ).toMatchObject({ verdict: 'not-a-key' });
  });

  it('K2: a request for a certificate is no certificate', async () => {
    const request = { verdict: 'unsupported', reason: expect.stringContaining('request') };
    expect(await made('req', '-new', '-key', await inPem(at('rsa')), '-subj', '/CN=mara')).toMatchObject(request);
  });

  it('K2: a type whose name holds an object identifier (RFC 5656) is not supported', async () => {
    const type = 'ecdsa-sha2-1.3.132.0.10';
    const line = `${type} ${Buffer.from(new SshWriter().text(type).string(new Uint8Array(65)).bytes()).toString('base64')}\n`;
    expect(await inspectKey(Buffer.from(line))).toMatchObject({ verdict: 'unsupported', kind: 'public', type });
  });

  it('K2: of a key of ssh.com nothing is said that was not read', async () => {
    await run('puttygen', [
      await inPem(at('rsa')),
      '-O',
      'private-sshcom',
      '--new-passphrase',
      '/dev/null',
      '-o',
      at('sshcom'),
    ]);
    expect(await inspectKey(readFileSync(at('sshcom')))).toMatchObject({
      verdict: 'unsupported',
      kind: 'private',
      format: null,
      encrypted: null,
    });
  });

  it('K2: a later version of a PuTTY file is not supported', async () => {
    expect(await inspectKey(Buffer.from('PuTTY-User-Key-File-30: ssh-rsa\n'))).toMatchObject({
      verdict: 'unsupported',
      format: null,
    });
  });
});

describe('K8: what is made to take long does not', () => {
  const rfc4716 = (headers: string) => `---- BEGIN SSH2 PUBLIC KEY ----\n${headers}\n---- END SSH2 PUBLIC KEY ----\n`;
  it.each([
    ['a header of 300,000 lines', `Comment: ${'a\\\n'.repeat(300_000)}`],
    ['a comment with many spaces', `Comment: ${'x '.repeat(250_000)}${' '.repeat(400_000)}x`],
  ])('K8: RFC 4716 with %s', async (_, headers) => {
    expect(await inspectKey(Buffer.from(rfc4716(headers)))).toMatchObject({ verdict: 'damaged' });
  });

  it('K8: scrypt with figures that it can not have is damaged', async () => {
    // RFC 7914: with a block size of 1, the cost is below 2^16.
    const figures = derSequence(
      derOctets(new Uint8Array(8)),
      derSmallInteger(2 ** 16),
      derSmallInteger(1),
      derSmallInteger(1),
    );
    const scheme = derSequence(
      derSequence(derOid('1.3.6.1.4.1.11591.4.11'), figures),
      derSequence(derOid('2.16.840.1.101.3.4.1.42'), derOctets(new Uint8Array(16))),
    );
    const der = derSequence(derSequence(derOid('1.2.840.113549.1.5.13'), scheme), derOctets(new Uint8Array(64)));
    const file = `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${Buffer.from(der).toString('base64')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
    expect(await inspectKey(Buffer.from(file), 'secret')).toMatchObject({
      verdict: 'damaged',
      reason: expect.stringContaining('scrypt'),
    });
  });
});
