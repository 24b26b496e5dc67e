import { describe, expect, it } from 'vitest';
import {
  cutToUnhandled,
  formatFailures,
  listFailedByPlaywright,
  listFailedByVitest,
  listSkippedByPlaywright,
  listSkippedByVitest,
} from './listed-tests.ts';

const red = (text: string) => `\u001B[31m${text}\u001B[39m`;

const result = (status: string, ...failureMessages: string[]) => ({
  status,
  fullName: `Debian: ${status}`,
  failureMessages,
});
const vitest = JSON.stringify({
  testResults: [
    {
      name: '/here/a.test.ts',
      status: 'failed',
      message: '',
      assertionResults: [result('passed'), result('skipped'), result('failed', red('not 1')), result('todo')],
    },
    { name: '/here/b.test.ts', status: 'passed', message: '', assertionResults: [result('passed')] },
    { name: '/here/c.test.ts', status: 'failed', message: 'cannot find it', assertionResults: [] },
  ],
});

const spec = (title: string, status: string, { reason, error }: { reason?: string; error?: string } = {}) => ({
  title,
  file: 'screens/a.spec.ts',
  line: 7,
  tests: [
    {
      status,
      annotations: reason ? [{ type: 'skip', description: reason }] : [],
      results: error ? [{ errors: [{ message: error }] }] : [],
    },
  ],
});
const playwright = JSON.stringify({
  suites: [
    {
      specs: [spec('one', 'expected'), spec('three', 'flaky', { error: 'once' })],
      suites: [{ specs: [spec('two', 'skipped', { reason: 'no Electron' }), spec('four', 'unexpected')] }],
    },
  ],
});

describe('the tests that npm test names at its end', () => {
  it('says what was skipped, and why', () => {
    expect(listSkippedByVitest(vitest, '/here')).toEqual(['a.test.ts: 2 (Debian: skipped)']);
    expect(listSkippedByPlaywright(playwright)).toEqual(['two: no Electron']);
  });

  it('says what failed, a file before its tests and a test that passed when repeated too', () => {
    expect(listFailedByVitest(vitest, '/here')).toEqual([
      { name: 'a.test.ts › Debian: failed', messages: [red('not 1')] },
      { name: 'c.test.ts', messages: ['cannot find it'] },
    ]);
    expect(listFailedByPlaywright(playwright)).toEqual([
      { name: 'tests/screens/a.spec.ts:7 › three', messages: ['once'] },
      { name: 'tests/screens/a.spec.ts:7 › four', messages: [] },
    ]);
  });

  it('quotes the first lines of each message and its place, without colours', () => {
    const stack = ['    at run (/here/node_modules/x.js:9:9)', '    at open (file.ts:1:2)', '    at test.ts:3:4'];
    const message = [red('Error: no'), '', ...'abcdef', ...stack].join('\n');
    expect(formatFailures([{ name: 'a.test.ts › one', messages: [message] }]).split('\n')).toEqual([
      '  a.test.ts › one',
      '      Error: no',
      ...['a', 'b', 'c', 'd', 'e'].map((line) => `      ${line}`),
      '          at open (file.ts:1:2)',
    ]);
    const long = formatFailures([{ name: 'x', messages: ['y'.repeat(5_000)] }]);
    expect(long.length).toBeLessThan(400);
  });

  it('finds what failed outside of a test', () => {
    expect(cutToUnhandled('····\n⎯ Unhandled Errors ⎯\n\n⎯ Unhandled Rejection ⎯\nboom')).toBe(
      'Unhandled Rejection ⎯\nboom',
    );
    expect(cutToUnhandled('rule broken')).toBe('rule broken');
  });
});
