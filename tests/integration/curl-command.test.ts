import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { toCurl } from '../../renderer/features/api-calls/to-curl.ts';

describe('E13 a call as a curl command', () => {
  it('names the method where it is not GET', () => {
    expect(toCurl('https://api.example', { method: 'GET', path: '/me' })).toBe(
      `curl --header "Authorization: Bearer $TOKEN" 'https://api.example/me'`,
    );
    expect(toCurl('https://api.example', { method: 'DELETE', path: '/me/{id}' })).toContain('--request DELETE');
  });
  it('reaches curl as it is, whatever the provider called its path', () => {
    const path = `/it's $(id)/"{x}"`;
    const script = toCurl('https://api.example', { method: 'POST', path }).replace(/^curl/, `printf '%s\\n'`);
    const [, verb, , token, url] = execFileSync('sh', ['-c', script], {
      env: { TOKEN: 'abc' },
      encoding: 'utf8',
    }).split('\n');
    expect([verb, token, url]).toEqual(['POST', 'Authorization: Bearer abc', `https://api.example${path}`]);
  });
});
