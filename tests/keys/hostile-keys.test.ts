import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportOpenSsh, exportPkcs8, inspectKey, openKeyFile, SshWriter, toPublicLine } from '../../ssh-keys/index.ts';
import { run, writeKeyFile } from '../support/ssh-tools.ts';
import { armor, nothingShown, useHostileFiles } from './hostile-files.ts';

const files = useHostileFiles();
const { folder, putty } = files;

/** What stands in the armour of an OpenSSH file. */
function contentOf(file: Uint8Array): Buffer {
  return Buffer.from(
    Buffer.from(file)
      .toString()
      .replace(/-----.*-----/g, ''),
    'base64',
  );
}

describe('K2: a file whose public part belongs to another private key is damaged, and shows no fingerprint', () => {
  it.each(['in the clear', 'under a passphrase'])('K2: the outer public part, %s', async (how) => {
    const content = contentOf(
      exportOpenSsh(files.ours, how === 'in the clear' ? undefined : { passphrase: Buffer.from('secret'), rounds: 1 }),
    );
    content.set(files.theirs.publicKey.blob, content.indexOf(files.ours.publicKey.blob));
    expect(await inspectKey(armor(content), 'secret')).toMatchObject({
      verdict: 'damaged',
      ...nothingShown,
      problems: [{ code: 'damaged', what: 'other-private-key' }],
    });
  });

  it('K2: all copies of it, so that only the seed is ours', async () => {
    const agentForm = Buffer.from(files.ours.agentForm);
    const [our, their] = [files.ours, files.theirs].map(({ publicKey }) => publicKey.blob.subarray(-32)) as [
      Uint8Array,
      Uint8Array,
    ];
    for (let at = agentForm.indexOf(our); at >= 0; at = agentForm.indexOf(our)) agentForm.set(their, at);
    const file = exportOpenSsh({ ...files.ours, publicKey: files.theirs.publicKey, agentForm });
    expect(await inspectKey(file)).toMatchObject({ verdict: 'damaged', ...nothingShown });
  });

  it.each([
    ['ecdsa', 256],
    ['rsa', 2048],
  ])('K2: of %s, in every form', async (type, bits) => {
    const [a, b] = [join(folder.path, `${type}-a`), join(folder.path, `${type}-b`)];
    for (const path of [a, b])
      await run('ssh-keygen', ['-q', '-t', type, '-b', String(bits), '-m', 'PEM', '-N', '', '-f', path]);
    const pem = await run('openssl', [type === 'rsa' ? 'rsa' : 'ec', '-in', b]);
    const swapped = swapPublic(
      type,
      await run(
        'openssl',
        [type === 'rsa' ? 'rsa' : 'ec', '-traditional', '-in', a].filter(
          (word) => type === 'rsa' || word !== '-traditional',
        ),
      ),
      pem,
    );
    expect(await inspectKey(swapped)).toMatchObject({ verdict: 'damaged', ...nothingShown });
  });
});

/** The private key of `pem` with the public number of `other`: modulus or point, the same length. */
function swapPublic(type: string, pem: string, other: string): Buffer {
  const [der, otherDer] = [pem, other].map((text) => Buffer.from(text.replace(/-----.*-----/g, ''), 'base64')) as [
    Buffer,
    Buffer,
  ];
  if (type === 'ecdsa') der.set(otherDer.subarray(-65), der.length - 65);
  // Deep in the modulus, whose place is the same in every RSA key of a size.
  else der.set(otherDer.subarray(100, 200), 100);
  return Buffer.from(
    `-----BEGIN ${type === 'rsa' ? 'RSA' : 'EC'} PRIVATE KEY-----\n${der.toString('base64')}\n-----END ${type === 'rsa' ? 'RSA' : 'EC'} PRIVATE KEY-----\n`,
  );
}

describe('K2: valid, but not supported here', () => {
  it.each(['mldsa44-ed25519', 'ssh-ed448', 'webauthn-sk-ecdsa-sha2-nistp256@openssh.com', 'ssh-mldsa65@example.com'])(
    'K2: %s, public and private',
    async (type) => {
      const blob = new SshWriter().text(type).string(new Uint8Array(1_344)).bytes();
      const line = toPublicLine({ type, blob, bits: 0 }, 'later');
      expect(await inspectKey(Buffer.from(line))).toMatchObject({
        verdict: 'unsupported',
        kind: 'public',
        type,
        comment: 'later',
        sha256: null,
        problems: [{ code: 'type', name: type }],
      });
      const file = exportOpenSsh({ publicKey: { type, blob, bits: 0 }, comment: '', agentForm: blob });
      expect(await inspectKey(file)).toMatchObject({
        verdict: 'unsupported',
        kind: 'private',
        type,
        problems: [{ code: 'type', name: type }],
      });
    },
  );

  it.each([
    [['ecparam', '-name', 'secp256k1', '-genkey', '-noout'], { code: 'curve', name: 'secp256k1' }],
    [['genpkey', '-algorithm', 'ed448'], { code: 'kind', name: 'Ed448' }],
    [['genpkey', '-algorithm', 'x25519'], { code: 'kind', name: 'X25519' }],
    [['genpkey', '-algorithm', 'rsa-pss', '-pkeyopt', 'rsa_keygen_bits:1024'], { code: 'kind', name: 'RSASSA-PSS' }],
    [
      ['genpkey', '-algorithm', 'ed25519', '-aes-256-cfb', '-pass', 'pass:x'],
      { code: 'cipher', name: '2.16.840.1.101.3.4.1.44' },
    ],
  ])('K2: openssl %j', async (args, problem) => {
    expect(await inspectKey(Buffer.from(await run('openssl', args)))).toMatchObject({
      verdict: 'unsupported',
      kind: 'private',
      problems: [problem],
    });
  });

  it('K2: PBES1, ssh.com, SSH 1, PGP', async () => {
    const pkcs8 = writeKeyFile(folder.path, 'p8', exportPkcs8(files.ours));
    const pbes1 = await run('openssl', ['pkcs8', '-topk8', '-in', pkcs8, '-v1', 'PBE-SHA1-3DES', '-passout', 'pass:x']);
    const sshCom = await putty(await run('openssl', ['genrsa', '-traditional', '1024']), ['-O', 'private-sshcom']);
    await run('puttygen', [
      '-q',
      '-t',
      'rsa1',
      '-b',
      '1024',
      '-o',
      join(folder.path, 'ssh1'),
      '--new-passphrase',
      '/dev/null',
    ]);
    for (const text of [
      pbes1,
      sshCom,
      readFileSync(join(folder.path, 'ssh1')),
      '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nAA==\n-----END PGP PRIVATE KEY BLOCK-----',
    ]) {
      expect(await inspectKey(Buffer.from(text))).toMatchObject({ verdict: 'unsupported' });
    }
  });

  it('K1: an explicit curve that is P-256 is P-256, and an EC PARAMETERS block in front is passed over', async () => {
    const pem = await run('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-param_enc', 'explicit']);
    expect(pem).toContain('EC PARAMETERS');
    expect(await inspectKey(Buffer.from(pem))).toMatchObject({
      verdict: 'accepted',
      type: 'ecdsa-sha2-nistp256',
      format: 'sec1',
    });
  });
});

describe('K8: what would take long or much is refused at once, with the figure', () => {
  const figures = (rounds: number) => new SshWriter().string(new Uint8Array(16)).uint32(rounds).bytes();

  it('K8: 2^32 rounds of bcrypt', async () => {
    const content = new SshWriter()
      .raw(Buffer.from('openssh-key-v1\0'))
      .text('aes256-ctr')
      .text('bcrypt')
      .string(figures(2 ** 32 - 1))
      .uint32(1)
      .string(files.ours.publicKey.blob)
      .string(new Uint8Array(160))
      .bytes();
    expect(await inspectKey(armor(content), 'secret')).toMatchObject({
      verdict: 'unsupported',
      problems: [{ code: 'bcrypt-rounds', asked: 4_294_967_295, most: 256 }],
    });
  });

  it.each([
    ['4 GiB', 'memory=8192', 'Argon2-Memory: 4194304', { code: 'argon2-memory', asked: 4_194_304 }],
    ['a million passes', 'passes=3', 'Argon2-Passes: 1000000', { code: 'argon2-passes', asked: 1_000_000 }],
  ])('K8: Argon2 with %s', async (_, parameter, line, problem) => {
    const ppk = await putty(exportOpenSsh(files.ours), ['-O', 'private', '--ppk-param', parameter], 'secret');
    const [name = ''] = line.split(':');
    expect(await inspectKey(Buffer.from(ppk.replace(new RegExp(`${name}: .*`), line)), 'secret')).toMatchObject({
      verdict: 'unsupported',
      problems: [problem],
    });
  });

  it.each([
    [
      'PBKDF2',
      ['-v2', 'aes-256-cbc', '-iter', '1000'],
      '020203e8',
      '02047fffffff',
      { code: 'pbkdf2-iterations', asked: 2_147_483_647 },
    ],
    [
      'scrypt',
      ['-v2', 'aes-256-cbc', '-scrypt', '-scrypt_N', '1024', '-scrypt_r', '8'],
      '02020400',
      '020440000000',
      { code: 'scrypt-memory', asked: 1_099_511_628_800 },
    ],
  ])('K8: %s', async (_, options, old, figure, problem) => {
    const pem = await run('openssl', [
      'pkcs8',
      '-topk8',
      '-in',
      writeKeyFile(folder.path, 'p8', exportPkcs8(files.ours)),
      ...options,
      '-passout',
      'pass:secret',
    ]);
    const hex = Buffer.from(pem.replace(/-----.*-----/g, ''), 'base64').toString('hex');
    const grown = Buffer.from(growLengths(hex, old, figure), 'hex');
    const file = `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${grown.toString('base64')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
    expect(await inspectKey(Buffer.from(file), 'secret')).toMatchObject({
      verdict: 'unsupported',
      problems: [problem],
    });
  });
});

/** Puts a longer number in: every sequence around it gets longer, here all of them shorter than 256 bytes. */
function growLengths(hex: string, old: string, figure: string): string {
  const at = hex.indexOf(old);
  const more = (figure.length - old.length) / 2;
  const bytes = Buffer.from(hex.replace(old, figure), 'hex');
  for (let offset = 0; offset < at / 2;) {
    const long = bytes[offset + 1] === 0x81;
    const lengthAt = offset + (long ? 2 : 1);
    const [tag, length] = [bytes[offset], bytes[lengthAt] ?? 0];
    const end = lengthAt + 1 + length;
    if (tag === 0x30 && end > at / 2) {
      bytes[lengthAt] = length + more;
      offset = lengthAt + 1;
    } else offset = end;
  }
  return bytes.toString('hex');
}

describe('K8: what is no file of a sensible size is refused without waiting', () => {
  it.skipIf(process.platform === 'win32')('K8: pipe, device, folder, 1 GB, and links to them', async () => {
    const at = (name: string) => join(folder.path, name);
    execFileSync('mkfifo', [at('pipe')]);
    mkdirSync(at('folder'));
    truncateSync(writeKeyFile(folder.path, 'huge', ''), 1024 ** 3);
    symlinkSync('/dev/zero', at('link'));
    for (const [path, problem] of [
      [at('pipe'), { code: 'pipe' }],
      ['/dev/zero', { code: 'device' }],
      [at('link'), { code: 'device' }],
      [at('folder'), { code: 'folder' }],
      [at('huge'), { code: 'file-too-large', bytes: 1_073_741_824, most: 1_048_576 }],
    ] as const) {
      await expect(openKeyFile(path)).rejects.toMatchObject({
        fault: 'not-a-key',
        problem,
      });
    }
  });

  it('K8: a link to a file is followed, and told', async () => {
    const path = writeKeyFile(folder.path, 'target', 'x');
    symlinkSync(path, join(folder.path, 'to-target'));
    expect(await openKeyFile(join(folder.path, 'to-target'))).toEqual({ realPath: path, content: Uint8Array.of(0x78) });
  });
});
