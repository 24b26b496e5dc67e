import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspectKey, SshWriter } from '../../ssh-keys/index.ts';
import { derOctets, derOid, derSequence, derSmallInteger } from '../../ssh-keys/testing/write-der.ts';
import { run, writeKeyFile } from '../support/ssh-tools.ts';
import { useCraftedFiles } from './crafted-files.ts';

// Keys that stand in other text, and what is found where there is none.

const { folder, at, inPem } = useCraftedFiles();

describe('K1: a private key is found behind', () => {
  it.each([
    ['its public half in PEM', ['pkey', '-pubout'], { verdict: 'advised-against', kind: 'public', format: 'spki' }],
    ['a request for a certificate', ['req', '-new', '-subj', '/CN=mara'], { verdict: 'unsupported', sha256: null }],
  ])('K1: %s', async (_, args, alone) => {
    const pem = await inPem(at('rsa'));
    const before = await run('openssl', [...args, args[0] === 'req' ? '-key' : '-in', pem]);
    expect(await inspectKey(Buffer.from(before))).toMatchObject(alone);
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
    const binary = { verdict: 'unsupported', kind: null, problems: [{ code: 'binary-der' }] };
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
    const request = { verdict: 'unsupported', problems: [{ code: 'x509-request' }] };
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

  it('K8: scrypt with figures that it cannot have is damaged', async () => {
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
      problems: [{ code: 'damaged', what: 'scrypt-figures' }],
    });
  });
});
