import { describe, expect, it } from 'vitest';
import { exportOpenSsh, inspectKey, SshReader, SshWriter, toPublicLine } from '../../ssh-keys/index.ts';
import { armor, nothingShown, useHostileFiles } from './hostile-files.ts';

const files = useHostileFiles();
const { putty } = files;

describe('K2: comments are harmless text', () => {
  it.each([
    [Buffer.from('a\u001b[31m\u202eb\u0000c\nd'), 'a [31m b c d'],
    [Buffer.from([0x66, 0xff, 0xfe, 0x6f]), 'f\u00ff\u00feo'],
    [Buffer.from('<script>alert(1)</script>'), '<script>alert(1)</script>'],
    [Buffer.from('x'.repeat(9_000)), 'x'.repeat(500)],
  ])('K2: %j', async (bytes, shown) => {
    const section = new SshWriter().uint32(1).uint32(1).raw(files.ours.agentForm).string(bytes).bytes();
    const padding = Uint8Array.from({ length: (8 - (section.length % 8)) % 8 }, (_, at) => at + 1);
    const content = new SshWriter()
      .raw(Buffer.from('openssh-key-v1\0'))
      .text('none')
      .text('none')
      .text('')
      .uint32(1)
      .string(files.ours.publicKey.blob)
      .string(Buffer.concat([section, padding]))
      .bytes();
    expect(new SshReader(section, 'private-part').uint32()).toBe(1);
    expect(await inspectKey(armor(content))).toMatchObject({ verdict: 'accepted', comment: shown });
  });
});

describe('K2: what is no key, and what is a broken one', () => {
  it.each(['', '\n\n', 'hello world', '# only a comment\n', '{"kty":"RSA"}', '\u0000\u0001\u0002ELF'])(
    'K2: %j is not a key',
    async (text) => {
      expect(await inspectKey(Buffer.from(text))).toMatchObject({ verdict: 'not-a-key', kind: null });
    },
  );

  it.each([
    'ssh-rsa',
    'ssh-ed25519 AAAA',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==',
    'ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIGJ*',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----',
    'PuTTY-User-Key-File-3: ssh-rsa\n',
  ])('K2: %j is damaged', async (text) => {
    expect(await inspectKey(Buffer.from(text))).toMatchObject({
      verdict: 'damaged',
      ...nothingShown,
      problems: [{ code: 'damaged', what: expect.any(String), part: expect.any(String) }],
    });
  });

  it('K1: a line of authorized_keys is read without its options', async () => {
    const line = `from="10.0.0.1,*.example \\" x",no-pty ${toPublicLine(files.ours.publicKey, 'me')}`;
    expect(await inspectKey(Buffer.from(`# mine\n\n${line}\n`))).toMatchObject({
      verdict: 'accepted',
      comment: 'me',
      type: 'ssh-ed25519',
    });
  });

  it('K2: a changed comment of a PuTTY file in the clear is told by its MAC', async () => {
    for (const version of [2, 3]) {
      const ppk = await putty(exportOpenSsh(files.ours), ['-O', 'private', '--ppk-param', `version=${version}`]);
      expect(await inspectKey(Buffer.from(ppk))).toMatchObject({ verdict: 'accepted', format: `ppk${version}` });
      const changed = Buffer.from(ppk.replace(/Comment: .*/, 'Comment: mine'));
      expect(await inspectKey(changed)).toMatchObject({
        verdict: 'damaged',
        ...nothingShown,
        problems: [{ code: 'damaged', what: 'mac', part: 'named-line', name: 'Private-MAC' }],
      });
    }
  });

  it('K2: a changed comment of a PuTTY file is told from a wrong passphrase', async () => {
    for (const version of [2, 3]) {
      const ppk = await putty(
        exportOpenSsh(files.ours),
        ['-O', 'private', '--ppk-param', `version=${version},memory=64,passes=1`],
        'secret',
      );
      const changed = Buffer.from(ppk.replace(/Comment: .*/, 'Comment: mine'));
      expect(await inspectKey(changed, 'secret')).toMatchObject({
        verdict: 'damaged',
        problems: [{ code: 'damaged', what: 'mac', part: 'named-line', name: 'Private-MAC' }],
      });
      expect(await inspectKey(changed, 'other')).toMatchObject({ verdict: 'wrong-passphrase' });
    }
  });
});
