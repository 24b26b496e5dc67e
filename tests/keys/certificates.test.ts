import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectKey, SshReader, SshWriter } from '../../ssh-keys/index.ts';
import { run, tryToRun, writeKeyFile } from '../support/ssh-tools.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

// The signature of a certificate's authority: checked as ssh-keygen checks it when it reads one.

const root = join(import.meta.dirname, '..', '..');
const folder = makeTempFolder();
const at = (name: string) => join(folder.path, name);
/** Of ssh-keygen -t for the authority's key; of -t for its signature. */
const authorities = [
  ['ed25519', 256, ''],
  ['ecdsa', 256, ''],
  ['ecdsa', 384, ''],
  ['ecdsa', 521, ''],
  ['rsa', 2048, 'ssh-rsa'],
  ['rsa', 2048, 'rsa-sha2-256'],
  ['rsa', 3072, 'rsa-sha2-512'],
] as const;
const nameOf = ([type, bits, hash]: (typeof authorities)[number]) => [type, bits, hash].filter(Boolean).join('-');
let fingerprint = '';

beforeAll(async () => {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'mara', '-f', at('me')]);
  [, fingerprint = ''] = (await run('ssh-keygen', ['-lf', at('me.pub')])).split(' ');
  for (const authority of authorities) {
    const [type, bits, hash] = authority;
    const ca = at(`ca-${nameOf(authority)}`);
    await run('ssh-keygen', ['-q', '-t', type, '-b', String(bits), '-N', '', '-f', ca]);
    await run('ssh-keygen', [
      '-q',
      '-s',
      ca,
      ...(hash ? ['-t', hash] : []),
      '-I',
      'mara at work',
      '-n',
      'mara,root',
      '-z',
      '77',
      '-V',
      '+1d',
      '-O',
      'force-command=ls',
      at('me.pub'),
    ]);
    writeKeyFile(folder.path, nameOf(authority), readFileSync(at('me-cert.pub')));
  }
});
afterAll(() => folder[Symbol.dispose]());

const blobOf = (line: string) => Buffer.from(line.split(' ')[1] ?? '', 'base64');
const lineOf = (blob: Uint8Array, type = 'ssh-ed25519-cert-v01@openssh.com') =>
  `${type} ${Buffer.from(blob).toString('base64')} mara\n`;
const asks = (line: string) => inspectKey(Buffer.from(line));
const sshKeygenReads = async (line: string) =>
  (await tryToRun('ssh-keygen', ['-Lf', writeKeyFile(folder.path, 'asked', line)])).code === 0 &&
  (await tryToRun('ssh-keygen', ['-lf', at('asked')])).code === 0;

/** The certificate with one bit changed in each part that has one to spare: nonce, serial, name, command, signature. */
function changesOf(line: string): [string, string][] {
  const blob = blobOf(line);
  const flip = (offset: number) => {
    const changed = Buffer.from(blob);
    changed.writeUInt8(changed.readUInt8(offset) ^ 1, offset);
    return lineOf(changed);
  };
  const command = blob.indexOf('force-command');
  const places = {
    nonce: 40,
    serial: blob.indexOf('mara at work') - 9,
    name: blob.indexOf('mara at work'),
    command: blob.indexOf('ls', command),
    signature: blob.length - 3,
  };
  return Object.entries(places).map(([place, offset]) => [place, flip(offset)]);
}

describe('K2 K4: a certificate', () => {
  it.each(authorities.map(nameOf))(
    'K2 K3: signed by %s is valid and shows the key inside, and is damaged with any bit changed; so says ssh-keygen',
    async (name) => {
      const line = readFileSync(at(name), 'utf8');
      expect(await sshKeygenReads(line)).toBe(true);
      expect(await asks(line)).toMatchObject({
        verdict: 'unsupported',
        kind: 'certificate',
        sha256: fingerprint,
        comment: 'mara',
        problems: [{ code: 'certificate' }],
      });
      for (const [place, changed] of changesOf(line)) {
        expect(await asks(changed), place).toMatchObject({
          verdict: 'damaged',
          sha256: null,
          problems: [{ code: 'damaged', what: 'authority-signature' }],
        });
        expect(await sshKeygenReads(changed), place).toBe(false);
      }
    },
  );

  it('K2: of a host as well', async () => {
    await run('ssh-keygen', ['-q', '-h', '-s', at('ca-ed25519-256'), '-I', 'host', '-n', 'a.example', at('me.pub')]);
    const line = readFileSync(at('me-cert.pub'), 'utf8');
    expect(await asks(line)).toMatchObject({ verdict: 'unsupported', kind: 'certificate', sha256: fingerprint });
    // Of a host it is 2, of a user 1.
    const changed = blobOf(line);
    changed.writeUInt8(1, changed.indexOf('host') - 5);
    expect(await asks(lineOf(changed))).toMatchObject({ verdict: 'damaged' });
  });

  it('K2: with the right signature of another authority is damaged', async () => {
    const [mine, other] = ['ed25519-256', 'ecdsa-256'].map((name) =>
      splitCertificate(blobOf(readFileSync(at(name), 'utf8'))),
    ) as [Split, Split];
    expect(await asks(lineOf(joinCertificate(mine.head, other.authority, mine.signature)))).toMatchObject({
      verdict: 'damaged',
    });
    expect(await asks(lineOf(joinCertificate(mine.head, mine.authority, other.signature)))).toMatchObject({
      verdict: 'damaged',
    });
  });
});

interface Split {
  readonly head: Uint8Array;
  readonly authority: Uint8Array;
  readonly signature: Uint8Array;
}

/** Of an Ed25519 key's certificate. */
function splitCertificate(blob: Uint8Array): Split {
  const reader = new SshReader(blob, 'public-part');
  for (let field = 0; field < 3; field += 1) reader.string();
  reader.take(12);
  for (let field = 0; field < 2; field += 1) reader.string();
  reader.take(16);
  for (let field = 0; field < 3; field += 1) reader.string();
  return { head: reader.since(0), authority: reader.string(), signature: reader.string() };
}

function joinCertificate(head: Uint8Array, authority: Uint8Array, signature: Uint8Array): Uint8Array {
  return new SshWriter().raw(head).string(authority).string(signature).bytes();
}

/**
 * A certificate of a security key as authority, made as PROTOCOL.u2f describes: there is no such device here to ask.
 */
function signBySecurityKey(
  type: string,
  keyFields: Uint8Array,
  makeSignature: (data: Uint8Array) => Uint8Array,
): Uint8Array {
  const { head } = splitCertificate(blobOf(readFileSync(at('ed25519-256'), 'utf8')));
  const application = Buffer.from('ssh:');
  const authority = new SshWriter().text(type).raw(keyFields).string(application).bytes();
  const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest();
  const flagsAndCounter = Uint8Array.of(1, 0, 0, 0, 9);
  const signed = Buffer.concat([head, new SshWriter().string(authority).bytes()]);
  const signature = makeSignature(Buffer.concat([sha256(application), flagsAndCounter, sha256(signed)]));
  return joinCertificate(head, authority, new SshWriter().text(type).string(signature).raw(flagsAndCounter).bytes());
}

function securityKeyCertificates(): [string, Uint8Array][] {
  const edwards = generateKeyPairSync('ed25519');
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const part = (key: KeyObject, name: 'x' | 'y') => Buffer.from(key.export({ format: 'jwk' })[name] ?? '', 'base64url');
  const point = Buffer.concat([Buffer.of(4), part(curve.publicKey, 'x'), part(curve.publicKey, 'y')]);
  const signEcdsa = (data: Uint8Array) => {
    const pair = sign('sha256', data, { key: curve.privateKey, dsaEncoding: 'ieee-p1363' });
    return new SshWriter().mpint(pair.subarray(0, 32)).mpint(pair.subarray(32)).bytes();
  };
  return [
    [
      'sk-ed25519',
      signBySecurityKey(
        'sk-ssh-ed25519@openssh.com',
        new SshWriter().string(part(edwards.publicKey, 'x')).bytes(),
        (data) => sign(null, data, edwards.privateKey),
      ),
    ],
    [
      'sk-ecdsa',
      signBySecurityKey(
        'sk-ecdsa-sha2-nistp256@openssh.com',
        new SshWriter().text('nistp256').string(point).bytes(),
        signEcdsa,
      ),
    ],
  ];
}

describe('K2 K4: a certificate whose authority', () => {
  it('K2: is a security key is checked as ssh-keygen does', async () => {
    for (const [name, blob] of securityKeyCertificates()) {
      writeKeyFile(folder.path, name, lineOf(blob));
      expect([await sshKeygenReads(lineOf(blob)), (await asks(lineOf(blob))).verdict], name).toEqual([
        true,
        'unsupported',
      ]);
      // The counter is signed too.
      const changed = Buffer.from(blob);
      changed.writeUInt8(8, changed.length - 1);
      expect([await sshKeygenReads(lineOf(changed)), (await asks(lineOf(changed))).verdict], name).toEqual([
        false,
        'damaged',
      ]);
    }
  });

  it('K2: is a DSA key, or of a type that is not known yet, is believed', async () => {
    await run('ssh-keygen', ['-q', '-t', 'dsa', '-N', '', '-f', at('ca-dsa')]);
    await run('ssh-keygen', ['-q', '-s', at('ca-dsa'), '-I', 'x', '-n', 'mara', at('me.pub')]);
    const blob = blobOf(readFileSync(at('me-cert.pub'), 'utf8'));
    expect((await asks(lineOf(blob))).verdict).toBe('unsupported');
    blob.writeUInt8(blob.readUInt8(blob.length - 1) ^ 1, blob.length - 1);
    expect((await asks(lineOf(blob))).verdict).toBe('unsupported');
    const { head } = splitCertificate(blob);
    const later = new SshWriter().text('ssh-later@example.com').string(new Uint8Array(9)).bytes();
    expect((await asks(lineOf(joinCertificate(head, later, later)))).verdict).toBe('unsupported');
  });

  it('K8: has numbers that take long to compute with is not checked', async () => {
    const { head } = splitCertificate(blobOf(readFileSync(at('ed25519-256'), 'utf8')));
    const huge = new Uint8Array(2_048).fill(0x7f);
    const signature = new SshWriter().text('rsa-sha2-512').string(huge).bytes();
    for (const exponent of [huge, Uint8Array.of(1, 0, 1)]) {
      const authority = new SshWriter().text('ssh-rsa').mpint(exponent).mpint(huge).bytes();
      expect((await asks(lineOf(joinCertificate(head, authority, signature)))).verdict).toBe('unsupported');
    }
  });

  it('K2: is no key at all is damaged: a point beside its curve, a part that breaks off', async () => {
    const { head, authority, signature } = splitCertificate(blobOf(readFileSync(at('ecdsa-256'), 'utf8')));
    const beside = Buffer.from(authority);
    beside.writeUInt8(beside.readUInt8(beside.length - 1) ^ 1, beside.length - 1);
    for (const blob of [
      joinCertificate(head, beside, signature),
      joinCertificate(head, authority.subarray(0, 90), signature),
      joinCertificate(head, authority, signature.subarray(0, 60)),
      joinCertificate(head, authority, Buffer.concat([signature, Buffer.of(0)])),
    ]) {
      expect(await asks(lineOf(blob))).toMatchObject({ verdict: 'damaged' });
    }
  });

  it('K2: under BoringSSL, as in Electron, every answer is the same', async () => {
    const names = [...authorities.map(nameOf), 'sk-ed25519', 'sk-ecdsa'];
    const good = names.map((name) => at(name));
    const bad = names.flatMap((name) =>
      changesOf(readFileSync(at(name), 'utf8')).map(([place, changed]) =>
        writeKeyFile(folder.path, `${name}-${place}`, changed),
      ),
    );
    const lines = (
      await run(join(root, 'node_modules', '.bin', 'bun'), [
        join(root, 'scripts', 'inspect-key.ts'),
        '--json',
        ...good,
        ...bad,
      ])
    )
      .trimEnd()
      .split('\n');
    const verdicts = lines.map((line) => (JSON.parse(line) as { verdict: string }).verdict);
    expect(verdicts).toEqual([...good.map(() => 'unsupported'), ...bad.map(() => 'damaged')]);
  });
});
