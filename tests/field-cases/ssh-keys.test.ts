import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeReading, inspectKey, readKeys } from '../../ssh-keys/index.ts';
import { keyWorkerHandlers } from '../../electron/services/features/ssh-keys/worker/key-worker.handlers.ts';
import { seededNumbers } from '../fuzz/mutate.ts';
import { tryToRun } from '../support/ssh-tools.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

// Inputs out of public bug reports of programs that do this job, made anew for this.

const fixture = (name: string) => join(import.meta.dirname, 'fixtures/ssh', name);
const read = (name: string) => readFileSync(fixture(name));
const folder = makeTempFolder();
afterAll(() => folder[Symbol.dispose]());

/** Fingerprints that `ssh-keygen -l` lists; none if it finds no key. */
async function listed(path: string): Promise<string[]> {
  const { code, output } = await tryToRun('ssh-keygen', ['-lf', path]);
  return code === 0 ? [...output.matchAll(/SHA256:\S+/g)].map(([sha256]) => sha256) : [];
}

async function found(content: Buffer) {
  const keys = [];
  for await (const { reading } of readKeys(content)) {
    reading.privateKey?.agentForm.fill(0);
    keys.push(describeReading(reading));
  }
  return keys;
}
const fingerprintsOf = async (content: Buffer) =>
  (await found(content)).flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256]));

describe('S22 options that hold what looks like a key', () => {
  const key = 'SHA256:mkOrkUJ6XppGtFq91KIhvd6SaGyz60wcgamOP4UO7FM';

  it.each(['environment', 'from', 'smallest', 'tab', 'two-lines', 'two-options'])('S22 K1 K3: %s', async (name) => {
    const path = `22-option-that-holds-base64/${name}`;
    const found = await fingerprintsOf(read(path));
    expect(found).toEqual(await listed(fixture(path)));
    expect(found[0]).toBe(key);
  });

  it('S22 K1 K3: of random lines exactly the keys that sshd takes and ssh-keygen lists', async () => {
    const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_128);
    const pick = seededNumbers(seed);
    const line = read('22-option-that-holds-base64/smallest')
      .toString()
      .replace(/^[^"]*"[^"]*" /, '')
      .trim();
    const [type = '', base64 = ''] = line.split(' ');
    const pieces = [
      '"',
      '\\"',
      '\\',
      ' ',
      '\t',
      ',',
      '=',
      'AAAA',
      'no-pty',
      'command=',
      'x',
      '#',
      '@',
      type,
      base64,
      '5',
    ];
    const piece = () => pieces[pick(pieces.length)] ?? '';
    for (let round = 0; round < 60; round += 1) {
      // Several in one file: a process for each would take its time.
      const lines = Array.from({ length: 25 }, () => {
        const before = Array.from({ length: pick(7) }, piece).join('');
        return `${before}${pick(4) === 0 ? '' : ' '}${line}${pick(3) === 0 ? ` ${piece()}` : ''}`;
      });
      const path = join(folder.path, 'lines');
      // sshd passes over any blanks behind the options, ssh-keygen over one alone: the key is the same.
      writeFileSync(path, lines.map((each) => each.replaceAll(/[ \t]+(?=ssh-ed25519 AAAA)/g, ' ')).join('\n'));
      const keygen = await listed(path);
      expect(
        await fingerprintsOf(Buffer.from(lines.join('\n'))),
        `seed ${String(seed)}, round ${String(round)}`,
      ).toEqual(keygen);
    }
  });
});

describe('S23 names of signatures in the place of the type (RFC 8332)', () => {
  it.each(['known-hosts', 'rsa-sha2-256', 'rsa-sha2-512'])('S23 K1 K3: %s', async (name) => {
    const path = `23-rsa-sha2-type-names/${name}`;
    expect(await found(read(path))).toMatchObject([
      { verdict: 'accepted', type: 'ssh-rsa', bits: 3_072, sha256: (await listed(fixture(path)))[0] },
    ]);
  });

  it('S23 K3: inside of the key too, whose fingerprint is that of ssh-rsa', async () => {
    const [, base64 = ''] = read('23-rsa-sha2-type-names/rsa-sha2-512').toString().split(' ');
    const blob = Buffer.from(base64, 'base64').subarray(11);
    const renamed = Buffer.concat([Buffer.from('\0\0\0\x0crsa-sha2-512', 'latin1'), blob]).toString('base64');
    for (const type of ['ssh-rsa', 'rsa-sha2-256']) {
      const path = join(folder.path, 'renamed');
      writeFileSync(path, `${type} ${renamed}\n`);
      const [sha256] = await listed(path);
      expect(sha256).toBeDefined();
      expect(await inspectKey(readFileSync(path))).toMatchObject({ verdict: 'accepted', type: 'ssh-rsa', sha256 });
    }
  });

  it('S23 K2: it stands for no other type', async () => {
    const [, base64 = ''] = read('25-other-forms/pub-nul-at-end').toString('latin1').split(' ');
    expect(await inspectKey(Buffer.from(`rsa-sha2-256 ${base64}`))).toMatchObject({ verdict: 'damaged' });
  });
});

describe('S12b comments in Windows-1252', () => {
  it.each([
    ['cp1252-euro.v2.ppk', 'Büro € Schlüssel'],
    ['cp1252-euro.v3.ppk', 'Büro € Schlüssel'],
    ['latin1.v2.ppk', 'Jörg Schlüssel'],
    ['latin1.v3.ppk', 'Jörg Schlüssel'],
  ])('S12b K1: %s', async (name, comment) => {
    expect(await inspectKey(read(`12-ppk-comments/${name}`))).toMatchObject({
      verdict: 'accepted',
      comment,
      sha256: 'SHA256:jYqKKWoeNVU/23yTlPDTHrpdS1YNEeBcP4bK6DwLUts',
    });
  });

  it('S12b K1: in a public line and in RFC 4716 too; what is UTF-8 stays so', async () => {
    const [type = '', base64 = ''] = read('25-other-forms/pub-nul-at-end').toString('latin1').split(' ');
    const body = base64.replace(/\0[\s\S]*/, '');
    const said = async (text: string, encoding: 'latin1' | 'utf8') =>
      (await inspectKey(Buffer.from(text, encoding))).comment;
    expect(await said(`${type} ${body} B\xfcro \x80`, 'latin1')).toBe('Büro €');
    expect(await said(`${type} ${body} Büro € 鍵`, 'utf8')).toBe('Büro € 鍵');
    const rfc4716 = `---- BEGIN SSH2 PUBLIC KEY ----\nComment: "J\xf6rg"\n${body}\n---- END SSH2 PUBLIC KEY ----\n`;
    expect(await said(rfc4716, 'latin1')).toBe('Jörg');
  });
});

describe('S13c a passphrase file as editors and shells of Windows write it', () => {
  const utf16be = () => {
    const path = join(folder.path, 'utf16be.pw');
    writeFileSync(path, Buffer.from(read('13-passphrases/utf16.pw')).swap16());
    return path;
  };
  it.each([
    ['UTF-8 with a mark', () => fixture('13-passphrases/bom.pw')],
    ['UTF-16', () => fixture('13-passphrases/utf16.pw')],
    ['UTF-16, big end first', utf16be],
  ])('S13c K2: %s', async (_, passphraseFile) => {
    const root = join(import.meta.dirname, '../..');
    const script = [join(root, 'scripts/run.mjs'), join(root, 'scripts/inspect-key.ts'), '--json'];
    const args = [...script, '--passphrase-file', passphraseFile(), fixture('13-passphrases/file')];
    const { output } = await tryToRun(process.execPath, args);
    expect(JSON.parse(output)).toMatchObject({
      verdict: 'accepted',
      sha256: 'SHA256:6TOaQn0qFQRKOU4j4m+O7/0isa47OlKf2nNJ7x5RaNs',
    });
  });

  it('S13c K1: a key file in UTF-16 with its big end first', async () => {
    const text = read('22-option-that-holds-base64/smallest').toString();
    expect(await inspectKey(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())).toMatchObject({ verdict: 'accepted' });
  });
});

describe('S05x Ed25519 in PKCS #8 with its public key tagged around (ring)', () => {
  const pem = () => read('05-ed25519-pkcs8-v2/v2-explicit-public.pem');

  it('S05x K1: is read', async () => {
    expect(await inspectKey(pem())).toMatchObject({
      verdict: 'accepted',
      kind: 'private',
      format: 'pkcs8',
      sha256: 'SHA256:oUXUvEZNnPUa9zAXFXuT+NmyOBr17D8VSVO+8hk/VBI',
    });
  });

  it('S05x K2: and is damaged if that is another key’s', async () => {
    const der = Buffer.from(
      pem()
        .toString()
        .replace(/-----.*-----/g, ''),
      'base64',
    );
    der.writeUInt8(der.readUInt8(der.length - 1) ^ 1, der.length - 1);
    const changed = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`;
    expect(await inspectKey(Buffer.from(changed))).toMatchObject({ verdict: 'damaged', sha256: null });
  });
});

describe('S25 other forms', () => {
  it('S25a K2: a private key of Dropbear is not supported, with what to do', async () => {
    expect(await inspectKey(read('25-other-forms/dropbear'))).toMatchObject({
      verdict: 'unsupported',
      kind: 'private',
      type: 'ssh-ed25519',
      sha256: null,
      problems: [{ code: 'dropbear-key' }],
    });
  });

  it('S25a K2: a public key in binary form is told from it', async () => {
    const [, base64 = ''] = read('25-other-forms/pub-nul-at-end').toString('latin1').split(' ');
    expect(await inspectKey(Buffer.from(base64.replace(/\0[\s\S]*/, ''), 'base64'))).toMatchObject({
      verdict: 'unsupported',
      kind: 'public',
    });
  });

  it('S25b K1 K3: NUL ends a line, as for ssh-keygen', async () => {
    const content = read('25-other-forms/pub-nul-at-end');
    const expected = 'SHA256:aPO+Qjpy8wzaWdKDiQymisshFKniJULI18yLNGDvhSc';
    expect(await listed(fixture('25-other-forms/pub-nul-at-end'))).toEqual([expected]);
    expect(await inspectKey(content)).toMatchObject({ verdict: 'accepted', sha256: expected });
    // In the middle of a file, and as what fills up a block.
    const two = Buffer.concat([content, Buffer.alloc(3), Buffer.from('\n'), content, Buffer.alloc(512)]);
    expect(await fingerprintsOf(two)).toEqual([expected, expected]);
  });

  it('S25b K8: an archive with a public key in it is still none', async () => {
    const key = read('25-other-forms/pub-nul-at-end')
      .toString('latin1')
      .replace(/\0[\s\S]*/, '');
    const archive = Buffer.from(
      `id.pub${'\0'.repeat(100)}0000644\0# mine\n${key}\n${'\0'.repeat(100)}other\0`,
      'latin1',
    );
    expect(await inspectKey(archive)).toMatchObject({ verdict: 'not-a-key' });
  });
});

describe.skipIf(process.platform === 'win32')('S20b links to folders', () => {
  it('S20b K8: one that leads to the folder itself, or into it, is a folder; one that leads up leads out', async () => {
    const chosen = join(folder.path, 'chosen');
    mkdirSync(join(chosen, 'sub'), { recursive: true });
    for (const [name, target] of [
      ['self', '.'],
      ['down', 'sub'],
      ['up', '..'],
      ['beside', '../chosen-not'],
    ] as const)
      symlinkSync(target, join(chosen, name));
    mkdirSync(join(folder.path, 'chosen-not'));
    const paths = ['self', 'down', 'up', 'beside'].map((name) => join(chosen, name));
    const files = await keyWorkerHandlers.keys.read({ paths, within: chosen });
    expect(files.map((file) => ('problem' in file ? file.problem : ''))).toEqual([
      { code: 'folder' },
      { code: 'folder' },
      { code: 'link-leads-out' },
      { code: 'link-leads-out' },
    ]);
  });
});
