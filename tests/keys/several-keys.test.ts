import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  describeReading,
  exportOpenSsh,
  type KeyInspection,
  type PrivateKey,
  readKey,
  readKeys,
  SshWriter,
} from '../../ssh-keys/index.ts';
import { armor, container } from '../../electron/services/testing/key-container.ts';
import { makeSshKey, run, writeKeyFile, type MadeKey } from '../support/ssh-tools.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const folder = makeTempFolder();
const made: MadeKey[] = [];
beforeAll(async () => {
  for (const [type, bits] of [
    ['ed25519', 256],
    ['ecdsa', 256],
    ['ecdsa', 384],
  ] as const)
    made.push(await makeSshKey(folder.path, type, bits));
});
afterAll(() => folder[Symbol.dispose]());

const fileOf = (at: number): string => readFileSync(made[at]?.path ?? '', 'utf8');
const lineOf = (at: number): string => made[at]?.publicLine ?? '';
const keyOf = (at: number): PrivateKey => made[at]!.key;

interface PlacedInspection extends KeyInspection {
  readonly place: readonly [index: number, line: number] | null;
}

async function inspect(content: string | Uint8Array, passphrase?: string): Promise<PlacedInspection[]> {
  const found: PlacedInspection[] = [];
  for await (const { reading, place } of readKeys(Buffer.from(content), passphrase))
    found.push({ place: place && [place.index, place.line], ...describeReading(reading) });
  return found;
}

/** The fingerprints that ssh-keygen prints, in its order. */
async function fingerprints(content: string): Promise<(string | undefined)[]> {
  const output = await run('ssh-keygen', ['-l', '-f', writeKeyFile(folder.path, 'asked', content)]);
  return output
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ')[1]);
}

/** `type base64`, without the comment. */
const bare = (line: string): string => line.split(' ').slice(0, 2).join(' ');

describe('K1 K7: a file with several public keys', () => {
  it.each([
    [
      'authorized_keys',
      () => [
        '# mine',
        '',
        lineOf(0),
        `from="10.0.0.1,*.example \\" x",no-pty ${lineOf(1)}`,
        '  # ssh-rsa AAAA',
        `\t${lineOf(2)}`,
      ],
      [3, 4, 6],
    ],
    [
      'known_hosts',
      () => [
        'a.example,10.0.0.1 ' + bare(lineOf(0)),
        '|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ' + bare(lineOf(1)),
      ],
      [1, 2],
    ],
    [
      'lines without a key between',
      () => ['hello', lineOf(0), 'ssh-rsa', '@revoked *.example ' + lineOf(1), lineOf(2), lineOf(0)],
      [2, 4, 5, 6],
    ],
  ])('K1 K3: %s, as ssh-keygen -l reads it', async (_, lines, at) => {
    const expected = await fingerprints(lines().join('\n'));
    for (const end of ['\n', '\r\n', '\r']) {
      const found = await inspect(lines().join(end));
      expect(found.map(({ place }) => place?.[1])).toEqual(at);
      expect(found.map(({ place }) => place?.[0])).toEqual(at.map((_line, index) => index + 1));
      // What ssh-keygen passes over is told of, and has no fingerprint.
      const [read, others] = [true, false].map((isRead) => found.filter(({ sha256 }) => (sha256 !== null) === isRead));
      expect(read?.map(({ sha256 }) => sha256)).toEqual(expected);
      expect(new Set(read?.map(({ verdict }) => verdict))).toEqual(new Set(['accepted']));
      expect(others?.every(({ verdict, kind }) => verdict === 'unsupported' && kind === 'public')).toBe(true);
    }
  });

  it('K2: each is judged by itself: a damaged line hides no other', async () => {
    expect(await inspect(`ssh-rsa AAAAbroken x\n${lineOf(0)}\n`)).toMatchObject([
      { place: [1, 1], verdict: 'damaged' },
      { place: [2, 2], verdict: 'accepted', comment: 'ed25519 256 of the test' },
    ]);
  });

  it('K1: RFC 4716 one after another', async () => {
    const blocks = await Promise.all(made.map(({ path }) => run('ssh-keygen', ['-e', '-f', path])));
    const found = await inspect(`\n${blocks.join('')}`);
    expect(found.map(({ sha256 }) => sha256)).toEqual(
      await fingerprints(made.map(({ publicLine }) => publicLine).join('\n')),
    );
    expect(found).toMatchObject([{ place: [1, 2], format: 'rfc4716' }, { place: [2, 6] }, { place: [3, 11] }]);
  });

  it('K1: in UTF-16, as a shell of Windows writes', async () => {
    expect(await inspect(Buffer.from(`\ufeff${lineOf(0)}\r\n${lineOf(1)}\r\n`, 'utf16le'))).toMatchObject([
      { place: [1, 1], bits: 256 },
      { place: [2, 2], type: 'ecdsa-sha2-nistp256' },
    ]);
  });

  it('K8: no more than 1,000, with the figure', async () => {
    const found = await inspect(`${bare(lineOf(0))}\n`.repeat(1_002));
    expect(found).toHaveLength(1_001);
    expect(found[999]).toMatchObject({ place: [1_000, 1_000], verdict: 'accepted' });
    expect(found[1_000]).toMatchObject({
      place: [1_001, 1_001],
      verdict: 'unsupported',
      sha256: null,
      problems: [{ code: 'too-many-keys', most: 1_000 }],
    });
    expect(await inspect(`${bare(lineOf(0))}\n`.repeat(1_000))).toHaveLength(1_000);
  });
});

describe('K1 K7: a file with several private keys', () => {
  it('K1: one after another, with what stands between, and half a one at the end', async () => {
    const ec = await run('openssl', ['ecparam', '-name', 'prime256v1', '-genkey']);
    const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    const found = await inspect(
      `Bag Attributes\n${fileOf(0)}\n${certificate}${ec}${lineOf(2)}\n${fileOf(1).slice(0, 200)}`,
    );
    expect(found).toMatchObject([
      { place: [1, 2], verdict: 'accepted', format: 'openssh', comment: 'ed25519 256 of the test' },
      { place: [2, 16], verdict: 'accepted', format: 'sec1' },
      { place: [3, 22], verdict: 'damaged', kind: null },
    ]);
  });

  it('K2: each opens with its own passphrase', async () => {
    const locked = exportOpenSsh(keyOf(0), { passphrase: Buffer.from('secret'), rounds: 1 });
    const other = exportOpenSsh(keyOf(1), { passphrase: Buffer.from('other'), rounds: 1 });
    expect(await inspect(Buffer.concat([locked, other]))).toMatchObject([
      { verdict: 'needs-passphrase' },
      { verdict: 'needs-passphrase' },
    ]);
    expect(await inspect(Buffer.concat([locked, other]), 'secret')).toMatchObject([
      { verdict: 'accepted' },
      { verdict: 'wrong-passphrase' },
    ]);
  });

  it.each([
    ['with its public line', () => fileOf(0) + lineOf(0)],
    [
      'with its certificate in front',
      () => `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${fileOf(0)}`,
    ],
    ['with another file begun behind it', () => `${fileOf(0)}-----BEGIN CERTIFICATE-----\nAAAA`],
    ['with its public half in PEM', () => `${fileOf(0)}-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n`],
  ])('K1: one key is one key: %s', async (_, content) => {
    expect(await inspect(content())).toMatchObject([{ place: null, verdict: 'accepted', kind: 'private' }]);
  });
});

describe('K1 K7: an OpenSSH private key file that holds several', () => {
  const keys = () => [0, 1, 2].map(keyOf);

  it('K1: each is read with its comment, and proved', async () => {
    const found = await inspect(container(keys()));
    expect(found).toMatchObject(
      keys().map(({ comment, publicKey: { type, bits } }, at) => ({
        place: [at + 1, 1],
        verdict: 'accepted',
        kind: 'private',
        encrypted: false,
        comment,
        type,
        bits,
      })),
    );
    expect(found.map(({ sha256 }) => sha256)).toEqual(
      await fingerprints(made.map(({ publicLine }) => publicLine).join('\n')),
    );
    const { privateKey } = await readKey(container(keys()), undefined, 1);
    expect(privateKey).toEqual(keyOf(1));
  });

  it('K2: one passphrase is for all; each shows its public part before', async () => {
    const file = container(keys(), { passphrase: Buffer.from('secret'), rounds: 1 });
    const facts = keys().map(({ publicKey: { type, bits } }, at) => ({
      place: [at + 1, 1],
      encrypted: true,
      type,
      bits,
    }));
    expect(await inspect(file)).toMatchObject(facts.map((each) => ({ ...each, verdict: 'needs-passphrase' })));
    expect(await inspect(file, 'wrong')).toMatchObject(facts.map((each) => ({ ...each, verdict: 'wrong-passphrase' })));
    expect(await inspect(file, 'secret')).toMatchObject(facts.map((each) => ({ ...each, verdict: 'accepted' })));
  });

  it('K2: public parts in another order are damaged', async () => {
    const found = await inspect(container([keyOf(1), { ...keyOf(0), publicKey: keyOf(2).publicKey }]));
    expect(found).toMatchObject([
      { place: [1, 1], verdict: 'damaged', sha256: null },
      { place: [2, 1], verdict: 'damaged', sha256: null },
    ]);
  });

  it('K2: one of an unknown type leaves the others shown, but not usable', async () => {
    const type = 'ssh-later@example.com';
    const later = {
      publicKey: { type, blob: new SshWriter().text(type).string(new Uint8Array(8)).bytes(), bits: 0 },
      comment: '',
      agentForm: new SshWriter().text(type).bytes(),
    };
    expect(await inspect(container([keyOf(0), later]))).toMatchObject([
      { verdict: 'unsupported', type: 'ssh-ed25519', bits: 256 },
      { verdict: 'unsupported', type },
    ]);
  });

  it.each([101, 2 ** 32 - 1])('K8: %i keys are refused, with the figure and the most', async (count) => {
    const content = new SshWriter()
      .raw(Buffer.from('openssh-key-v1\0'))
      .text('none')
      .text('none')
      .text('')
      .uint32(count)
      .string(keyOf(0).publicKey.blob)
      .bytes();
    const problems = [{ code: 'too-many-in-one', found: count, most: 100 }];
    expect(await inspect(armor(content))).toMatchObject([{ place: null, verdict: 'unsupported', problems }]);
  });
});
