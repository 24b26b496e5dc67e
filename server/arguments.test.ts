import { describe, expect, it } from 'vitest';
import { readArguments, usage, UsageError } from './arguments.ts';
import { presetIds } from './presets/presets.ts';

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
      help: false,
    });
  });

  it('takes flags before the environment', () => {
    const environment = { PROFILE_DESK_PORT: '9000', PROFILE_DESK_DATA: '/data', PROFILE_DESK_PRESET: 'platform' };
    expect(readArguments([], environment)).toMatchObject({ port: 9000, dataFolder: '/data', preset: { id: 'platform' } });
    const flags = ['--port', '0', '--data=elsewhere', '--preset', 'contact-center', '--host', '::1', '--permissions', 'a, b,', '--reset-demo-password', '--force-mfa', '--development'];
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

  it.each([
    [['--port', '65536'], '"65536" is not a port'],
    [['--port', '80a'], '"80a" is not a port'],
    [['--port='], '"" is not a port'],
    [['--preset', 'nope'], 'there is no preset "nope": give one of control-account, contact-center, platform'],
    [['--host', '0.0.0.0'], '"0.0.0.0" is not a loopback address'],
    [['--colour'], "Unknown option '--colour'"],
    [['--data'], "Option '--data <value>' argument missing"],
    [['stray'], "Unexpected argument 'stray'"],
  ])('refuses %j in one line', (argv, message) => {
    const read = () => readArguments(argv, {});
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
    expect(read).not.toThrow('\n');
  });

  it('explains every flag', () => {
    for (const word of ['--port', '--host', '--data', '--preset', '--reset-demo-password', '--permissions', '--force-mfa', '--development', '--help', ...presetIds]) {
      expect(usage).toContain(word);
    }
  });
});
