import { describe, expect, it } from 'vitest';
import { originOfPath, originOfPrefix } from '../origin/stated-origin.ts';
import { findKeyLine } from './public-line.ts';

const key = 'ssh-ed25519 AAAAC3Nz';

describe('K6 what stands in front of a key', () => {
  it.each([
    ['restrict', 'authorized-keys'],
    ['no-pty,command="echo \\"a b\\"",from="10.0.0.1,*.example"', 'authorized-keys'],
    ['some-option-to-come="x"', 'authorized-keys'],
    ['example.org', 'known-hosts'],
    ['[example.org]:2222,10.0.0.1', 'known-hosts'],
    ['|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg=', 'known-hosts'],
    ['*', 'known-hosts'],
    ['restricted.example.org', 'known-hosts'],
    ['@revoked', 'known-hosts'],
    ['mara@example.org,*@example.net', 'signers'],
  ])('K6: %s', (prefix, origin) => {
    expect(originOfPrefix(prefix)).toBe(origin);
    expect(findKeyLine(`${prefix} ${key} mara`)).toEqual({
      type: 'ssh-ed25519',
      base64: 'AAAAC3Nz',
      comment: 'mara',
      origin,
      isPassedOver: false,
    });
  });

  it('K6: markers of known_hosts with hosts behind them, and options of allowed_signers', () => {
    expect(findKeyLine(`@cert-authority *.example.org ${key}`)?.origin).toBe('known-hosts');
    expect(findKeyLine(`@revoked * ${key}`)?.origin).toBe('known-hosts');
    expect(findKeyLine(`mara namespaces="git,file",valid-after="20260101" ${key}`)?.origin).toBe('signers');
    expect(findKeyLine(`mara@example.org cert-authority ${key}`)?.origin).toBe('signers');
    expect(findKeyLine(key)?.origin).toBeNull();
  });

  it('K1: two words that are neither, an open quote, a number and a comment hold no key', () => {
    for (const line of [`see below ${key}`, `command="x ${key}`, `1024 ${key}`, `# ${key}`, ` \t# ${key}`, 'a\0 b'])
      expect(findKeyLine(line)).toBeUndefined();
  });

  it('K8: a long line of quotes takes no time', () => {
    const before = process.cpuUsage();
    for (const line of ['"'.repeat(99_999), '\\"'.repeat(33_000), 'a" '.repeat(33_000)]) findKeyLine(line);
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });
});

describe('K6 what the name of a file says of its keys', () => {
  it.each([
    ['authorized_keys', 'authorized-keys'],
    ['authorized_keys2.bak', 'authorized-keys'],
    ['backup/authorized-keys', 'authorized-keys'],
    ['/etc/ssh/authorized_keys/mara', 'authorized-keys'],
    ['known_hosts.old', 'known-hosts'],
    ['C:\\ProgramData\\ssh\\ssh_known_hosts', 'known-hosts'],
    ['ssh_host_ed25519_key.pub', 'known-hosts'],
    ['git/allowed_signers', 'signers'],
    ['id_ed25519.pub', null],
    ['my-known_hosts-project/id.pub', null],
    ['', null],
  ])('K6: %s', (path, origin) => expect(originOfPath(path)).toBe(origin));
});
