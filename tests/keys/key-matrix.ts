import { appendFileSync, copyFileSync, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { exportOpenSsh, SshWriter } from '../../ssh-keys/index.ts';
import { mapInParallel } from '../../scripts/map-in-parallel.ts';
import { run, writeKeyFile } from '../support/ssh-tools.ts';

// One key of each type and size, and each of them in every form that ssh-keygen, openssl and puttygen can write.

export const passphrase = 'correct horse ÿ 電池';
export const comment = 'mara@nordlicht – Büro';

/** What `ssh-keygen` says of a key. */
interface Reference {
  readonly bits: number;
  readonly type: string;
  readonly sha256: string;
  readonly md5: string;
  readonly randomart: string;
}

export interface MatrixFile {
  readonly path: string;
  readonly format: string;
  readonly isEncrypted: boolean;
  readonly isCertificate: boolean;
  readonly reference: Reference;
}

/** A file yet to be written by `make`, which is given its path. */
interface Recipe {
  readonly name: string;
  readonly format: string;
  readonly isEncrypted?: boolean;
  readonly make: (path: string) => Promise<unknown>;
}

const generated = [
  ['rsa', 2048],
  ['rsa', 3072],
  ['rsa', 4096],
  ['dsa', 1024],
  ['ecdsa', 256],
  ['ecdsa', 384],
  ['ecdsa', 521],
  ['ed25519', 256],
] as const;

export function hasKeyTools(): boolean {
  return ['ssh-keygen', 'openssl', 'puttygen'].every((tool) =>
    (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, tool))),
  );
}

/** Some hundred files. */
export async function makeMatrix(folder: string): Promise<MatrixFile[]> {
  const phrase = writeKeyFile(folder, 'phrase', passphrase);
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'authority')]);
  const bases = await mapInParallel(generated, 2, async ([type, bits]) => {
    const path = join(folder, `${type}-${bits}`);
    await run('ssh-keygen', ['-q', '-t', type, '-b', String(bits), '-N', '', '-C', comment, '-f', path]);
    return path;
  });
  const ofSoftware = await mapInParallel(bases, 2, (base) => makeForms(base, phrase));
  const ofHardware = await mapInParallel(makeSecurityKeys(folder), 2, (base) =>
    makeFiles(base, [...publicForms(base), ...opensshForms(base)]),
  );
  return [...ofSoftware, ...ofHardware].flat();
}

async function makeForms(base: string, phrase: string): Promise<MatrixFile[]> {
  const [type = ''] = basename(base).split('-');
  const recipes = [
    ...publicForms(base),
    ...opensshForms(base),
    ...ppkForms(base, phrase),
    ...puttyExports(base, type, phrase),
  ];
  const hasPem = type !== 'ed25519';
  const pem = join(`${base}.source`);
  if (hasPem) await rewrite(base, pem, ['-m', 'PEM', '-N', '']);
  else await run('puttygen', [base, '-O', 'private-openssh', '-o', `${base}.putty`]);
  const pkcs8 = `${base}.pkcs8-source`;
  await (hasPem
    ? run('openssl', ['pkcs8', '-topk8', '-nocrypt', '-in', pem, '-out', pkcs8])
    : Promise.resolve(writeKeyFile(join(base, '..'), basename(pkcs8), ed25519Pkcs8(base))));
  if (hasPem) recipes.push(...pemForms(base, pem, type));
  recipes.push(...pkcs8Forms(pkcs8, phrase));
  return makeFiles(base, recipes);
}

async function makeFiles(base: string, recipes: readonly Recipe[]): Promise<MatrixFile[]> {
  const reference = await describe(base);
  return Promise.all(
    recipes.map(async ({ name, format, isEncrypted = false, make }) => {
      const path = `${base}.${name}`;
      await make(path);
      return { path, format, isEncrypted, isCertificate: name === 'cert', reference };
    }),
  );
}

async function describe(base: string): Promise<Reference> {
  const file = `${base}.pub`;
  const [line, ...picture] = (await run('ssh-keygen', ['-l', '-v', '-f', file])).trimEnd().split('\n');
  const [bits = '', sha256 = ''] = line?.split(' ') ?? [];
  const [, md5 = ''] = (await run('ssh-keygen', ['-l', '-E', 'md5', '-f', file])).split(' ');
  const [type = ''] = readFileSync(file, 'utf8').split(' ');
  return { bits: Number(bits), type, sha256, md5, randomart: picture.join('\n') };
}

function publicForms(base: string): Recipe[] {
  return [
    { name: 'pub', format: 'openssh-public', make: () => Promise.resolve() },
    {
      name: 'rfc4716',
      format: 'rfc4716',
      make: async (path) =>
        writeKeyFile(
          join(path, '..'),
          basename(path),
          await run('ssh-keygen', ['-e', '-m', 'RFC4716', '-f', `${base}.pub`]),
        ),
    },
    {
      name: 'cert',
      format: 'openssh-public',
      async make(path) {
        copyFileSync(`${base}.pub`, `${path}-key.pub`);
        await run('ssh-keygen', [
          '-q',
          '-s',
          join(base, '..', 'authority'),
          '-I',
          'me',
          '-n',
          'mara',
          `${path}-key.pub`,
        ]);
        copyFileSync(`${path}-key-cert.pub`, path);
      },
    },
  ];
}

const opensshCiphers = [
  ...['aes128-ctr', 'aes192-ctr', 'aes256-ctr', 'aes128-cbc', 'aes192-cbc', 'aes256-cbc', '3des-cbc'],
  ...['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'chacha20-poly1305@openssh.com'],
];

function opensshForms(base: string): Recipe[] {
  return [
    { name: 'openssh', format: 'openssh', make: (path) => rewrite(base, path, ['-N', '']) },
    ...opensshCiphers.map((cipher) => ({
      name: `openssh-${cipher.split('@')[0]}`,
      format: 'openssh',
      isEncrypted: true,
      make: (path: string) => rewrite(base, path, ['-Z', cipher, '-a', '1', '-N', passphrase]),
    })),
  ];
}

function pemForms(base: string, pem: string, type: string): Recipe[] {
  const format = type === 'ecdsa' ? 'sec1' : 'pkcs1';
  const tool = type === 'ecdsa' ? 'ec' : type;
  const traditional = type === 'ecdsa' ? [] : ['-traditional'];
  return [
    { name: 'pem', format, make: (path) => rewrite(base, path, ['-m', 'PEM', '-N', '']) },
    {
      name: 'pem-encrypted',
      format,
      isEncrypted: true,
      make: (path) => rewrite(base, path, ['-m', 'PEM', '-N', passphrase]),
    },
    ...['-aes128', '-aes192', '-aes256', '-des3'].map((cipher) => ({
      name: `pem${cipher}`,
      format,
      isEncrypted: true,
      make: (path: string) =>
        run('openssl', [
          tool,
          ...(tool === 'dsa' ? [] : traditional),
          '-in',
          pem,
          cipher,
          '-passout',
          `pass:${passphrase}`,
          '-out',
          path,
        ]),
    })),
  ];
}

function pkcs8Forms(source: string, phrase: string): Recipe[] {
  const form = (name: string, options: readonly string[]): Recipe => ({
    name: `pkcs8-${name}`,
    format: 'pkcs8',
    isEncrypted: true,
    make: (path) =>
      run('openssl', ['pkcs8', '-topk8', '-in', source, ...options, '-passout', `file:${phrase}`, '-out', path]),
  });
  const ciphers = ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des3'];
  const digests = ['hmacWithSHA1', 'hmacWithSHA224', 'hmacWithSHA256', 'hmacWithSHA384', 'hmacWithSHA512'];
  return [
    { name: 'pkcs8', format: 'pkcs8', make: (path) => Promise.resolve(copyFileSync(source, path)) },
    ...ciphers.flatMap((cipher) =>
      digests.map((digest) => form(`${cipher}-${digest}`, ['-v2', cipher, '-v2prf', digest, '-iter', '1000'])),
    ),
    ...ciphers.map((cipher) => form(`scrypt-${cipher}`, ['-v2', cipher, '-scrypt', '-scrypt_N', '1024'])),
  ];
}

function ppkForms(base: string, phrase: string): Recipe[] {
  const form = (name: string, format: string, parameters: string, isEncrypted: boolean): Recipe => ({
    name,
    format,
    isEncrypted,
    make: (path) =>
      run('puttygen', [
        base,
        '-C',
        comment,
        '-O',
        'private',
        '--ppk-param',
        parameters,
        '--new-passphrase',
        isEncrypted ? phrase : '/dev/null',
        '-o',
        path,
      ]),
  });
  return [
    form('ppk2', 'ppk2', 'version=2', false),
    form('ppk2-encrypted', 'ppk2', 'version=2', true),
    form('ppk3', 'ppk3', 'version=3', false),
    ...['argon2i', 'argon2d', 'argon2id'].map((kdf) =>
      form(`ppk3-${kdf}`, 'ppk3', `version=3,kdf=${kdf},memory=256,passes=3,parallelism=2`, true),
    ),
  ];
}

/** What PuTTYgen exports for OpenSSH: PEM, but for Ed25519, and its own writing of OpenSSH's form. */
function puttyExports(base: string, type: string, phrase: string): Recipe[] {
  const pemFormats: Record<string, string> = { ed25519: 'openssh', ecdsa: 'sec1' };
  const forms = [
    ['private-openssh', pemFormats[type] ?? 'pkcs1'],
    ['private-openssh-new', 'openssh'],
  ] as const;
  return forms.flatMap(([form, format]) =>
    [false, true].map((isEncrypted) => ({
      name: `putty-${form}${isEncrypted ? '-encrypted' : ''}`,
      format,
      isEncrypted,
      make: (path: string) =>
        run('puttygen', [
          base,
          '-C',
          comment,
          '-O',
          form,
          '--new-passphrase',
          isEncrypted ? phrase : '/dev/null',
          '-o',
          path,
        ]),
    })),
  );
}

/** A copy of `source`, in the clear, that ssh-keygen writes anew. */
async function rewrite(source: string, path: string, options: readonly string[]): Promise<void> {
  copyFileSync(source, path);
  await run('ssh-keygen', ['-q', '-p', '-P', '', ...options, '-f', path]);
}

/** openssl does not read OpenSSH's own form, the only one that ssh-keygen writes Ed25519 in. */
function ed25519Pkcs8(base: string): string {
  const body = Buffer.from(readFileSync(base, 'utf8').replace(/-----.*-----/g, ''), 'base64');
  const point = Buffer.from(readFileSync(`${base}.pub`, 'utf8').split(' ')[1] ?? '', 'base64').subarray(-32);
  const seed = body.subarray(body.lastIndexOf(point) - 32, body.lastIndexOf(point));
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`;
}

/** There is no security key here to make them with: the points are other keys', the handles made up. */
function makeSecurityKeys(folder: string): string[] {
  return (['ed25519-256', 'ecdsa-256'] as const).map((name) => {
    const [, base64 = ''] = readFileSync(join(folder, `${name}.pub`), 'utf8').split(' ');
    const fields = Buffer.from(base64, 'base64');
    const type = name === 'ed25519-256' ? 'sk-ssh-ed25519@openssh.com' : 'sk-ecdsa-sha2-nistp256@openssh.com';
    const blob = new SshWriter()
      .text(type)
      .raw(fields.subarray(4 + fields.readUInt32BE(0)))
      .text('ssh:')
      .bytes();
    const agentForm = new SshWriter().raw(blob).byte(1).string(Buffer.alloc(64, 7)).text('').bytes();
    const path = writeKeyFile(
      folder,
      `sk-${name}`,
      exportOpenSsh({ publicKey: { type, blob, bits: 256 }, comment, agentForm }),
    );
    appendFileSync(`${path}.pub`, `${type} ${Buffer.from(blob).toString('base64')} ${comment}\n`);
    return path;
  });
}
