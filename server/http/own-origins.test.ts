import { describe, expect, it } from 'vitest';
import { createServer } from '../create-server.ts';
import { makeTempFolder } from '../../tests/support/temp-folder.ts';
import { defaultPreset } from '../presets/presets.ts';
import { isHostOf, ownOrigins, parsePublicAddress } from './own-origins.ts';

describe('C3 the origins of this server', () => {
  it('are those it listens on, by number and by name, and those it was told of as clients write them', () => {
    const listening = [
      { family: 'IPv4', address: '127.0.0.1', port: 8787 },
      { family: 'IPv6', address: '::1', port: 8787 },
    ];
    expect([...ownOrigins(listening, ['https://Profile.Example:443/api', 'http://127.0.0.1:8787'])]).toEqual([
      'http://127.0.0.1:8787',
      'http://localhost:8787',
      'http://[::1]:8787',
      'https://profile.example',
    ]);
  });

  it.each(['127.0.0.1', '::1', 'localhost'])('cover a server that listens on %s', async (host) => {
    using folder = makeTempFolder();
    const server = await createServer({ dataFolder: folder.path, preset: defaultPreset });
    const address = await server.listen(0, host);
    const origins = ownOrigins(
      server.app.addresses().filter((each) => typeof each !== 'string'),
      [],
    );
    await server.close();
    expect(origins).toContain(address);
    expect(origins).toContain(`http://localhost:${new URL(address).port}`);
  });

  it('are asked for by their host, with or without the port that the scheme has anyway', () => {
    const origins = new Set(['http://127.0.0.1:8787', 'https://profile.example']);
    const hosts = ['127.0.0.1:8787', 'profile.example', 'Profile.Example:443'];
    const others = ['127.0.0.1', '127.0.0.1:443', 'profile.example:8787', 'x@profile.example', 'profile.example/a', ''];
    expect([...hosts, ...others].filter((host) => isHostOf(origins, host))).toEqual(hosts);
  });

  it('are https or on this computer where they are told', () => {
    expect(
      [
        'https://a.example',
        'http://[::1]:1',
        'http://a.example',
        'ftp://a.example',
        'https://a@b.example',
        'https://a.example?b',
        'x',
      ].filter(parsePublicAddress),
    ).toEqual(['https://a.example', 'http://[::1]:1']);
  });
});
