import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../../../../tests/support/temp-folder.ts';
import { remoteSshKeysSchema, remoteOwnershipChallengeSchema } from './ssh-keys.ts';
import { toSshKey } from './ssh-keys.ts';

const remote = { id: '1', title: 'Laptop', addedAt: '2026-01-01T01:00:00+01:00', etag: '"a"' };

describe('E11 what a provider says of a key', () => {
  it('counts as far as the key itself does not say better', () => {
    using folder = makeTempFolder();
    const file = join(folder.path, 'id');
    execFileSync('ssh-keygen', ['-q', '-t', 'ecdsa', '-b', '384', '-N', '', '-f', file]);
    const publicKey = readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
    const { keys } = remoteSshKeysSchema.parse({
      keys: [{ ...remote, publicKey, type: 'ssh-ed25519', bits: 1, sha256: 'SHA256:not', md5: 'MD5:not' }],
    });
    const [bits, sha256] = execFileSync('ssh-keygen', ['-lf', file], { encoding: 'utf8' }).split(' ');
    expect(toSshKey(keys[0]!)).toMatchObject({
      type: 'ecdsa-sha2-nistp384',
      bits: Number(bits),
      sha256,
      addedAt: '2026-01-01T00:00:00.000Z',
      verifiedAt: null,
      revision: '"a"',
    });
  });

  it('may be of a type that is not known here', () => {
    const { keys } = remoteSshKeysSchema.parse({
      keys: [{ ...remote, publicKey: 'ssh-mldsa44-ed25519 AAAAE3NzaC1tbGRzYQ' }],
    });
    expect(toSshKey(keys[0]!)).toMatchObject({ type: 'ssh-mldsa44-ed25519', bits: 0 });
  });

  it.each([
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
    ['a second line', 'ssh-rsa AAAAB3Nz\nssh-rsa AAAAB3Nz'],
    ['no key', ''],
  ])('is refused, if it is %s', (_what, publicKey) => {
    expect(remoteSshKeysSchema.safeParse({ keys: [{ ...remote, publicKey }] }).success).toBe(false);
  });
});

describe('K9 a challenge', () => {
  it.each([
    '',
    'short',
    'two\nlines of text that is long enough',
    'tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    'x'.repeat(501),
  ])('is refused, if it could be something else: %j', (challenge) => {
    expect(remoteOwnershipChallengeSchema.safeParse({ challenge }).success).toBe(false);
  });
});
