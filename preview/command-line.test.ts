import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './command-line.ts';

describe('command line of the browser shell', () => {
  it('needs nothing', () => {
    expect(parseCommandLine([])).toEqual({
      dataFolder: undefined,
      port: 0,
      keyStore: true,
      answerWithinSeconds: 10,
      embeddedPreset: 'control-account',
      help: false,
    });
  });

  it('takes every flag', () => {
    const args = ['--data-dir', 'here', '--port', '8080', '--no-key-store', '--embedded-preset', 'platform', '--help'];
    args.push('--answer-within', '60');
    expect(parseCommandLine(args)).toEqual({
      dataFolder: 'here',
      port: 8080,
      keyStore: false,
      answerWithinSeconds: 60,
      embeddedPreset: 'platform',
      help: true,
    });
  });

  it.each([
    [['--port', '65536'], '65535'],
    [['--port', '-1'], '--port'],
    [['--port', '8o8o'], '8o8o'],
    [['--port', ''], '--port'],
    [['--answer-within', '0'], 'from 1 to 999'],
    [['--answer-within', 'long'], 'not "long"'],
    [['--embedded-preset', 'other'], 'control-account, contact-center, platform'],
    [['--colour'], '--colour'],
    [['--no-open'], '--no-open'],
    [['folder'], 'folder'],
    [['--data-dir'], '--data-dir'],
  ])('refuses %j and says what was wrong', (args, named) => {
    expect(() => parseCommandLine(args)).toThrow(named);
  });
});
