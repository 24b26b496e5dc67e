import { describe, expect, it } from 'vitest';
import { isLoopback, isSecure } from './loopback.ts';

describe('an address of this computer', () => {
  it.each(['localhost', '127.0.0.1', '127.0.0.9', '127.255.255.254', '[::1]'])('is %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(['::1', 'localhost.example', '127.0.0.1.example', '128.0.0.1', '0.0.0.0', '[::]', '10.0.0.1', ''])(
    'is not %j',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );

  it('may be asked over http, as no other may', () => {
    const from = (protocol: string, hostname: string) => isSecure({ protocol, hostname });
    expect([from('http:', '127.0.0.9'), from('https:', 'profile.example')]).toEqual([true, true]);
    expect([from('http:', 'profile.example'), from('ftp:', 'localhost'), from('file:', '')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
