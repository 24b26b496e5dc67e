import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleOf } from '../tests/support/bundles.ts';
import { makeSshKey, run, startSshAgent, writeKeyFile } from '../tests/support/ssh-tools.ts';
import { makeTempFolder } from '../tests/support/temp-folder.ts';

const root = join(import.meta.dirname, '..');
const folder = makeTempFolder();
const home = makeTempFolder();
afterAll(() => {
  folder[Symbol.dispose]();
  home[Symbol.dispose]();
});
/** A home of its own and no agent: what this computer has must not count. */
const environment = { PATH: process.env['PATH'], HOME: home.path };

const program = await bundleOf('inspect-key');
/** As `npm run` calls it. */
const fromSources = [join(root, 'scripts/run.mjs'), join(root, 'scripts/inspect-key.ts')];

function inspect(...args: string[]) {
  return inspectWith({}, ...args);
}

function inspectWith(more: NodeJS.ProcessEnv, ...args: string[]) {
  return call([program, ...args], { ...environment, ...more });
}

function call(command: readonly string[], env: NodeJS.ProcessEnv) {
  return spawnSync(process.execPath, command, { encoding: 'utf8', timeout: 500_000, env });
}

function linesOf(stdout: string): unknown[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

describe('K6 · npm run --silent inspect-key says whose key it is', () => {
  const originsOf = (...paths: string[]) =>
    linesOf(inspect('--json', ...paths).stdout).map((line) => (line as { origin: string }).origin);

  it('K6: by its file and its line, and by where its private half is', async () => {
    for (const name of ['mine', 'others']) mkdirSync(join(folder.path, name));
    const own = await makeSshKey(join(folder.path, 'mine'), 'ed25519', 256, 'own');
    const { publicLine } = await makeSshKey(join(folder.path, 'others'), 'ed25519', 256, 'other');
    const alone = writeKeyFile(folder.path, 'alone.pub', publicLine);
    const lines = [publicLine, `restrict ${publicLine}`, `example.org ${publicLine}`, `mara@example.org ${publicLine}`];
    const lists = ['authorized_keys2', 'known_hosts', 'allowed_signers'].map((name) => {
      const path = writeKeyFile(join(folder.path, 'mine'), name, own.publicLine);
      symlinkSync(path, join(folder.path, `link-${name}`));
      return [path, join(folder.path, `link-${name}`)];
    });
    const mixed = writeKeyFile(folder.path, 'mixed', lines.join('\n'));
    expect(originsOf(`${own.path}.pub`, alone, mixed, ...lists.flat())).toEqual(
      [
        ['own', 'public-only'],
        ['public-only', 'authorized-keys', 'known-hosts', 'signers'],
        ['authorized-keys', 'authorized-keys', 'known-hosts', 'known-hosts', 'signers', 'signers'],
      ].flat(),
    );
    // The private half comes later in the same call, then below ~/.ssh, encrypted.
    expect(originsOf(alone, join(folder.path, 'others', 'id_ed25519_256'))).toEqual(['own', 'own']);
    mkdirSync(join(home.path, '.ssh'));
    copyFileSync(join(folder.path, 'others', 'id_ed25519_256'), join(home.path, '.ssh', 'id'));
    await run('ssh-keygen', ['-q', '-p', '-a', '1', '-P', '', '-N', 'secret', '-f', join(home.path, '.ssh', 'id')]);
    expect(originsOf(alone)).toEqual(['own']);
    rmSync(join(home.path, '.ssh'), { recursive: true });
    expect(inspect(alone).stdout).toContain('may be anybody’s');
  });

  it('K6: a key that the running agent holds is one’s own', async () => {
    mkdirSync(join(folder.path, 'lent'));
    const { path } = await makeSshKey(join(folder.path, 'lent'), 'ed25519', 256);
    const socket = join(folder.path, 'agent');
    const agent = await startSshAgent(socket);
    try {
      await run('ssh-add', ['-q', path], { env: { SSH_AUTH_SOCK: socket } });
      rmSync(path);
      expect(originsOf(`${path}.pub`)).toEqual(['public-only']);
      expect(linesOf(inspectWith({ SSH_AUTH_SOCK: socket }, '--json', `${path}.pub`).stdout)).toMatchObject([
        { origin: 'own', verdict: 'accepted' },
      ]);
    } finally {
      await agent[Symbol.asyncDispose]();
    }
  });
});

describe('K1 K2 K3 · npm run --silent inspect-key', () => {
  it('K1: from its sources prints one JSON object a file, in their order, with all its fields', async () => {
    const { path } = await makeSshKey(folder.path, 'ed25519', 256, 'me');
    const text = writeKeyFile(folder.path, 'text', 'hello');
    const { stdout, stderr, status } = call([...fromSources, '--json', path, text], environment);
    const [, sha256] = (await run('ssh-keygen', ['-l', '-f', path])).split(' ');
    const [, md5] = (await run('ssh-keygen', ['-l', '-E', 'md5', '-f', path])).split(' ');
    expect(linesOf(stdout)).toEqual([
      {
        file: path,
        verdict: 'accepted',
        kind: 'private',
        type: 'ssh-ed25519',
        bits: 256,
        comment: 'me',
        sha256,
        md5,
        format: 'openssh',
        encrypted: false,
        reason: null,
        origin: 'own',
      },
      {
        file: text,
        verdict: 'not-a-key',
        kind: null,
        type: null,
        bits: null,
        comment: null,
        sha256: null,
        md5: null,
        format: null,
        encrypted: null,
        reason: expect.any(String),
        origin: null,
      },
    ]);
    expect([stderr, status]).toEqual(['', 0]);
  });

  it('K1: prints one JSON object for each key of a file, as ssh-keygen -l has them, with its place', async () => {
    const lines = await Promise.all(
      ['one', 'two'].map(async (name) => {
        await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(folder.path, name)]);
        return readFileSync(join(folder.path, `${name}.pub`), 'utf8');
      }),
    );
    const path = writeKeyFile(folder.path, 'authorized_keys', `# mine\n${lines.join('\n')}ssh-rsa AAAAbroken\n`);
    const [first = '', second = ''] = (await run('ssh-keygen', ['-l', '-f', path]))
      .split('\n')
      .map((line) => line.split(' ')[1]);
    const { stdout, stderr, status } = inspect('--json', path);
    expect(linesOf(stdout)).toMatchObject([
      { file: path, index: 1, line: 2, verdict: 'accepted', comment: 'one', sha256: first },
      { file: path, index: 2, line: 4, verdict: 'accepted', comment: 'two', sha256: second },
      { file: path, index: 3, line: 5, verdict: 'damaged', sha256: null },
    ]);
    expect([stderr, status]).toEqual(['', 0]);
    expect(inspect(path).stdout).toContain('authorized_keys, key 2 (line 4): accepted');
  });

  it('K2: takes the passphrase from the first line of a file', async () => {
    const path = join(folder.path, 'locked');
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '1', '-N', 'a b', '-f', path]);
    const verdictWith = (content: string) =>
      linesOf(inspect('--json', '--passphrase-file', writeKeyFile(folder.path, 'phrase', content), path).stdout)[0];
    expect(linesOf(inspect('--json', path).stdout)[0]).toMatchObject({ verdict: 'needs-passphrase' });
    expect(verdictWith('a b\r\nmore\n')).toMatchObject({ verdict: 'accepted' });
    expect(verdictWith('a b \n')).toMatchObject({ verdict: 'wrong-passphrase' });
  });

  it('K2: takes a passphrase that is not UTF-8 as its bytes', async () => {
    const path = join(folder.path, 'latin');
    const phrase = writeKeyFile(folder.path, 'latin-phrase', Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x0a));
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
    await run('puttygen', [path, '-O', 'private', '--new-passphrase', phrase, '-o', `${path}.ppk`]);
    expect(linesOf(inspect('--json', '--passphrase-file', phrase, `${path}.ppk`).stdout)[0]).toMatchObject({
      verdict: 'accepted',
      encrypted: true,
    });
  });

  it.each([
    ['pipe', 'a pipe, not a file'],
    ['/dev/zero', 'a device, not a file'],
    ['.', 'a folder, not a file'],
    ['huge', 'no passphrase has more than 1,048,576'],
  ])('K8: takes the passphrase from a file alone, and waits for nothing: %s', async (name, reason) => {
    if (name === 'pipe') await run('mkfifo', [join(folder.path, name)]);
    if (name === 'huge') truncateSync(writeKeyFile(folder.path, name, ''), 1024 ** 3);
    const { stdout, stderr, status } = inspect('--passphrase-file', resolve(folder.path, name), folder.path);
    expect([stdout, status]).toEqual(['', 2]);
    expect(stderr).toMatch(new RegExp(`^The passphrase file could not be read: .*${reason}`));
  });

  it('K7: ends in silence when nobody reads on', () => {
    const path = writeKeyFile(folder.path, 'text', 'hello');
    const command = '"$0" "$@" | head -n 1';
    const args = [command, process.execPath, program, '--json', ...Array.from({ length: 2_000 }, () => path)];
    const { stdout, stderr } = spawnSync('sh', ['-c', ...args], { encoding: 'utf8' });
    expect(linesOf(stdout)).toHaveLength(1);
    expect(stderr).toBe('');
  });

  it('K8: shows the name of a file as harmless text', () => {
    const { stdout } = inspect(writeKeyFile(folder.path, 'a\u001b[31m\u202eb\nc', 'hello'));
    expect(stdout).toContain('a [31m b c: not-a-key');
  });

  it('K3: shows the randomart to a person', async () => {
    const { path } = await makeSshKey(folder.path, 'ecdsa', 256);
    const [, ...picture] = (await run('ssh-keygen', ['-lv', '-f', path])).trimEnd().split('\n');
    expect(inspect(path).stdout).toContain(picture.join('\n'));
  });

  it('K8: says which file it could not read, answers for the others, and exits with 1', () => {
    const { stdout, stderr, status } = inspect('--json', join(folder.path, 'missing'), folder.path);
    expect(linesOf(stdout)).toMatchObject([
      { verdict: 'unreadable', reason: 'There is no such file: it was removed, or the link leads nowhere.' },
      { verdict: 'unreadable', reason: 'This is a folder, not a file.' },
    ]);
    expect([stderr, status]).toEqual(['', 1]);
    const toPerson = inspect(join(folder.path, 'missing'));
    expect(toPerson.stdout).toContain('missing: unreadable\nThere is no such file');
    expect([toPerson.stdout.match(/no such file/g)?.length, toPerson.stderr]).toEqual([1, '']);
  });

  it('K8: a folder alone is no file that was answered for', () => {
    expect(inspect(folder.path).status).toBe(1);
  });

  it.each([{ args: [] }, { args: ['--unknown', 'x'] }, { args: ['--passphrase-file', '/nowhere', 'x'] }])(
    'refuses a wrong call: $args',
    ({ args }) => {
      expect(inspect(...args)).toMatchObject({
        stdout: '',
        stderr: expect.stringMatching(/usage|could not be read/),
        status: 2,
      });
    },
  );

  it('is the script of package.json', () => {
    expect(readFileSync(join(root, 'package.json'), 'utf8')).toContain(
      '"inspect-key": "node scripts/run.mjs scripts/inspect-key.ts"',
    );
  });
});
