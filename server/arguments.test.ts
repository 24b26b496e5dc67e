import { describe, expect, it } from 'vitest';
import { readArguments, usage, UsageError } from './arguments.ts';
import { presetIds } from '../shared/presets.ts';

describe('D7 command line', () => {
  it('has defaults', () => {
    expect(readArguments([], {})).toMatchObject({
      port: 8787,
      host: '127.0.0.1',
      dataFolder: '.data/server',
      preset: { id: 'control-account' },
      resetDemoPassword: false,
      permissions: undefined,
      forceMfa: false,
      isDevelopment: false,
      identityProviders: [],
      publicAddresses: [],
      maxSessions: undefined,
      unlock: undefined,
      help: false,
    });
  });

  it('takes flags before the environment', () => {
    const environment = { PROFILE_DESK_PORT: '9000', PROFILE_DESK_DATA: '/data', PROFILE_DESK_PRESET: 'platform' };
    expect(readArguments([], environment)).toMatchObject({
      port: 9000,
      dataFolder: '/data',
      preset: { id: 'platform' },
    });
    const flags = [
      '--port',
      '0',
      '--data=elsewhere',
      '--preset',
      'contact-center',
      '--host',
      '::1',
      '--permissions',
      'a, b,',
      '--reset-demo-password',
      '--force-mfa',
      '--development',
    ];
    expect(readArguments(flags, environment)).toMatchObject({
      port: 0,
      dataFolder: 'elsewhere',
      preset: { id: 'contact-center' },
      host: '::1',
      permissions: ['a', 'b'],
      resetDemoPassword: true,
      forceMfa: true,
      isDevelopment: true,
    });
  });

  it.each(['localhost', '127.0.0.9', '::1'])('listens on %s, which is this computer', (host) => {
    expect(readArguments(['--host', host], {})).toMatchObject({ host });
  });

  it.each([
    [['--port', '65536'], '"65536" is not a port'],
    [['--port', '80a'], '"80a" is not a port'],
    [['--unlock', ' '], '--unlock needs the e-mail address or the username'],
    [['--port='], '"" is not a port'],
    [['--preset', 'nope'], 'there is no preset "nope": give one of control-account, contact-center, platform'],
    [['--identity-provider', 'https://id.example'], '"https://id.example" is not an identity provider'],
    [['--identity-provider', 'http://id.example,desk'], '"http://id.example,desk" is not an identity provider'],
    [['--identity-provider', 'https://id.example?a,desk'], 'is not an identity provider'],
    [
      ['--identity-provider', 'https://id.example,a', '--identity-provider', 'https://id.example,b'],
      'https://id.example is given twice',
    ],
    [['--public-address', 'http://profile.example'], '"http://profile.example" is not a public address'],
    [['--public-address', 'profile.example'], 'is not a public address'],
    [['--public-address', 'https://mara@profile.example'], 'is not a public address'],
    [['--host', '0.0.0.0'], '"0.0.0.0" is not a loopback address'],
    [['--colour'], "Unknown option '--colour'"],
    [['--data'], "Option '--data <value>' argument missing"],
    [['stray'], "Unexpected argument 'stray'"],
    [['--host', '127.0.0.1.example'], 'is not a loopback address'],
  ])('refuses %j in one line', (argv, message) => {
    const read = () => readArguments(argv, {});
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
    expect(read).not.toThrow('\n');
  });

  it('C3 takes identity providers, named by their host where no name is given', () => {
    const flags = [
      '--identity-provider',
      'https://id.example/realm,desk',
      '--identity-provider',
      'http://127.0.0.1:9000,desk,Brightline, Sign-in',
    ];
    const named = { issuer: 'http://127.0.0.1:9000', clientId: 'desk', name: 'Brightline,Sign-in' };
    expect(readArguments(flags, {}).identityProviders).toEqual([
      { issuer: 'https://id.example/realm', clientId: 'desk', name: 'id.example' },
      named,
    ]);
    const environment = { PROFILE_DESK_IDENTITY_PROVIDERS: 'https://a.example,one https://b.example,two' };
    expect(readArguments([], environment).identityProviders.map(({ clientId }) => clientId)).toEqual(['one', 'two']);
  });

  it('C3 takes the addresses that clients know it by', () => {
    const flags = ['--public-address', 'https://profile.example/api', '--public-address', 'http://127.0.0.1:9000'];
    expect(readArguments(flags, { PROFILE_DESK_PUBLIC_ADDRESSES: 'https://a.example' }).publicAddresses).toEqual([
      'https://profile.example/api',
      'http://127.0.0.1:9000',
    ]);
    expect(
      readArguments([], { PROFILE_DESK_PUBLIC_ADDRESSES: 'https://a.example https://b.example' }).publicAddresses,
    ).toEqual(['https://a.example', 'https://b.example']);
  });

  it('explains every flag', () => {
    for (const word of [
      '--port',
      '--host',
      '--data',
      '--preset',
      '--reset-demo-password',
      '--permissions',
      '--force-mfa',
      '--development',
      '--identity-provider',
      'PROFILE_DESK_IDENTITY_PROVIDERS',
      '--public-address',
      'PROFILE_DESK_PUBLIC_ADDRESSES',
      '--help',
      ...presetIds,
    ]) {
      expect(usage).toContain(word);
    }
  });
});
