import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportOpenSsh, type PrivateKey } from '../../ssh-keys/index.ts';
import { container } from '../../electron/services/testing/key-container.ts';
import { makeSshKey, run, writeKeyFile } from '../support/ssh-tools.ts';

/** A file to be changed, and what must never show. */
export interface KeySeed {
  readonly name: string;
  readonly content: Buffer;
  /** The secret numbers of the key as bytes. */
  readonly secrets: readonly Buffer[];
}

const phrase = 'secret';

/** One file of every format and encryption, with keys made on the spot. */
export async function makeKeySeeds(folder: string): Promise<KeySeed[]> {
  const phraseFile = writeKeyFile(folder, 'phrase', phrase);
  const seeds: KeySeed[] = [];
  const keys: PrivateKey[] = [];
  for (const [type, bits] of [
    ['ed25519', 256],
    ['ecdsa', 256],
    ['rsa', 2048],
    ['dsa', 1024],
  ] as const) {
    const { path, key } = await makeSshKey(folder, type, bits);
    keys.push(key);
    const jobs = [
      ...opensshFiles(path, type),
      ...puttyFiles(path, phraseFile),
      ...(type === 'ed25519' ? [] : pemFiles(path)),
    ];
    const secrets = secretsOf(type, key.agentForm);
    seeds.push({ name: `${type} openssh`, content: readFileSync(path), secrets });
    if (type !== 'dsa')
      seeds.push({
        name: `${type} openssh bcrypt`,
        content: Buffer.from(exportOpenSsh(key, { passphrase: Buffer.from(phrase), rounds: 1 })),
        secrets,
      });
    for (const { name, make } of jobs)
      seeds.push({ name: `${type} ${name}`, content: await make(`${path}.${name}`), secrets });
  }
  return [...seeds, ...severalIn(seeds, keys)];
}

/** Files with several of them. */
function severalIn(seeds: readonly KeySeed[], keys: readonly PrivateKey[]): KeySeed[] {
  const secrets = seeds
    .flatMap((seed) => seed.secrets)
    .filter((secret, at, all) => all.findIndex((other) => other.equals(secret)) === at);
  const contentOf = (names: readonly string[]) =>
    Buffer.concat(seeds.filter(({ name }) => names.includes(name)).map(({ content }) => content));
  const short = keys.slice(0, 2);
  return [
    { name: 'several public', content: contentOf(['ed25519 public', 'ecdsa public', 'rsa certificate']), secrets },
    { name: 'several rfc4716', content: contentOf(['ed25519 rfc4716', 'ecdsa rfc4716']), secrets },
    {
      name: 'several private',
      content: contentOf(['ed25519 openssh', 'ecdsa pem', 'ecdsa dek-info', 'ed25519 openssh bcrypt']),
      secrets,
    },
    { name: 'several in one', content: container(short), secrets },
    {
      name: 'several in one, bcrypt',
      content: container(short, { passphrase: Buffer.from(phrase), rounds: 1 }),
      secrets,
    },
  ];
}

interface Job {
  readonly name: string;
  readonly make: (path: string) => Promise<Buffer>;
}

function opensshFiles(path: string, type: string): Job[] {
  return [
    { name: 'public', make: () => Promise.resolve(readFileSync(`${path}.pub`)) },
    { name: 'rfc4716', make: async () => Buffer.from(await run('ssh-keygen', ['-e', '-f', `${path}.pub`])) },
    {
      name: 'certificate',
      async make() {
        await run('ssh-keygen', ['-q', '-s', path, '-I', type, `${path}.pub`]);
        return readFileSync(`${path}-cert.pub`);
      },
    },
  ];
}

function puttyFiles(path: string, phraseFile: string): Job[] {
  const file = (name: string, parameters: string, phraseOf: string): Job => ({
    name,
    async make(to) {
      await run('puttygen', [path, '-O', 'private', '--ppk-param', parameters, '--new-passphrase', phraseOf, '-o', to]);
      return readFileSync(to);
    },
  });
  return [
    file('ppk2', 'version=2', '/dev/null'),
    file('ppk2-aes', 'version=2', phraseFile),
    file('ppk3', 'version=3', '/dev/null'),
    file('ppk3-aes', 'version=3,memory=64,passes=1', phraseFile),
  ];
}

function pemFiles(path: string): Job[] {
  const openssl = (name: string, args: readonly string[]): Job => ({
    name,
    make: async () => Buffer.from(await run('openssl', ['pkcs8', '-topk8', '-in', `${path}.pem`, ...args])),
  });
  const encrypted = ['-passout', `pass:${phrase}`, '-v2', 'aes-256-cbc'];
  return [
    {
      name: 'pem',
      async make(to) {
        writeKeyFile(join(to, '..'), `${path.split('/').at(-1)}.pem`, readFileSync(path));
        await run('ssh-keygen', ['-q', '-p', '-m', 'PEM', '-P', '', '-N', '', '-f', `${path}.pem`]);
        return readFileSync(`${path}.pem`);
      },
    },
    {
      name: 'dek-info',
      async make(to) {
        writeKeyFile(join(to, '..'), `${path.split('/').at(-1)}.dek`, readFileSync(path));
        await run('ssh-keygen', ['-q', '-p', '-m', 'PEM', '-P', '', '-N', phrase, '-f', `${path}.dek`]);
        return readFileSync(`${path}.dek`);
      },
    },
    openssl('pkcs8', ['-nocrypt']),
    openssl('pbkdf2', [...encrypted, '-iter', '1']),
    openssl('scrypt', [...encrypted, '-scrypt', '-scrypt_N', '2']),
  ];
}

/** The numbers that only the private half has; in agent form they stand after those of the public one. */
function secretsOf(type: string, agentForm: Uint8Array): Buffer[] {
  const form = Buffer.from(agentForm);
  const fields: Buffer[] = [];
  for (let at = 0; at + 4 <= form.length;) {
    const length = form.readUInt32BE(at);
    fields.push(form.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  const isSecret: Record<string, (at: number) => boolean> = {
    rsa: (at) => at >= 3,
    ed25519: (at) => at === 2,
    ecdsa: (at) => at === 3,
    dsa: (at) => at === 5,
  };
  return fields
    .filter((_, at) => isSecret[type]?.(at))
    .map((field) => (type === 'ed25519' ? field.subarray(0, 32) : field));
}
