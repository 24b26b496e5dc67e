import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { writeExample, writeExamples } from './usage-examples.ts';

const url = 'https://api.example.com/me';
/** Everything that means something to a shell, JavaScript or Python. */
const nasty = `k'"\\$(id)\`id\`#{x}%s`;

describe('E7 usage examples', () => {
  it('are one of each kind', () => {
    expect(writeExamples(url, 'pdk_1').map(({ kind }) => kind)).toEqual(['curl', 'node', 'python']);
    expect(writeExample('curl', url, 'pdk_1')).toBe(
      `curl --header 'Authorization: Bearer pdk_1' 'https://api.example.com/me'`,
    );
  });

  it.skipIf(process.platform === 'win32')('give the key to curl as it is', () => {
    // The shell itself says what it would start curl with.
    const script = writeExample('curl', url, nasty).replace(/^curl/, 'printf "%s\\n"');
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(
      ['--header', `Authorization: Bearer ${nasty}`, url, ''].join('\n'),
    );
  });

  it('give the key to Node as it is', () => {
    const script = `globalThis.fetch = async (url, options) => ({ json: async () => [url, options.headers.Authorization] });\n${writeExample('node', url, nasty)}`;
    const printed = execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        script.replace('console.log(', 'console.log(JSON.stringify(').replace(/\);$/, '));'),
      ],
      { encoding: 'utf8' },
    );
    expect(JSON.parse(printed)).toEqual([url, `Bearer ${nasty}`]);
  });
});
