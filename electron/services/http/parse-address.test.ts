import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { parseAddress } from './parse-address.ts';

function outcome(typed: string): string {
  try {
    return parseAddress(typed);
  } catch (error) {
    return error instanceof AppError ? `${error.code} ${error.details.reason ?? ''}` : 'untyped';
  }
}

const notValid = 'invalid-request address-not-valid';
const notSecure = 'invalid-request address-not-secure';

describe('W1 · an address as typed becomes a base URL', () => {
  it.each([
    ['api.example.org', 'https://api.example.org'],
    ['  https://API.example.org/  ', 'https://api.example.org'],
    ['https://api.example.org:443/v2/', 'https://api.example.org/v2'],
    ['api.example.org:8443/a/b', 'https://api.example.org:8443/a/b'],
    ['HTTPS://api.example.org', 'https://api.example.org'],
    ['https://api.example.org/a/../b', 'https://api.example.org/b'],
    ['localhost:8787', 'http://localhost:8787'],
    ['localhost', 'http://localhost'],
    ['127.0.0.1:8787', 'http://127.0.0.1:8787'],
    ['127.1:8787', 'http://127.0.0.1:8787'],
    ['http://127.200.0.9:8787', 'http://127.200.0.9:8787'],
    ['[::1]:8787', 'http://[::1]:8787'],
    ['https://localhost', 'https://localhost'],
    ['http://0x7f.0.0.1', 'http://127.0.0.1'],
    ['"https://example.org"', 'https://example.org'],
    ["'example.org'", 'https://example.org'],
    ['<https://example.org/v2>', 'https://example.org/v2'],
    ['\u201chttps://example.org\u201d', 'https://example.org'],
    ['\u201elocalhost:8787\u201c', 'http://localhost:8787'],
    ['\u00abhttps://example.org\u00bb', 'https://example.org'],
    ['`https://example.org`', 'https://example.org'],
    ['https://in_house.example.org.', 'https://in_house.example.org.'],
  ])('%s means %s', (typed, address) => {
    expect(outcome(typed)).toBe(address);
  });

  it('shows a look-alike name as punycode', () => {
    expect(outcome('https://аpple.example')).toBe('https://xn--pple-43d.example');
    expect(outcome('bücher.example')).toBe('https://xn--bcher-kva.example');
  });

  it.each([
    'http://api.example.org',
    'http://10.0.0.1',
    'http://1.0.0.1',
    'http://localhost.example.org',
    'http://127.0.0.1.example.org',
    'http://0.0.0.0',
    'http://[::ffff:127.0.0.1]',
    'http://1270.0.0.1.example',
  ])('%s would go out in the clear', (typed) => {
    expect(outcome(typed)).toBe(notSecure);
  });

  it.each([
    ['', 'nothing'],
    ['https://', 'no host'],
    ['https://user:pass@example.org', 'a password'],
    ['user@example.org', 'a name before the host'],
    ['https://example.org@evil.example', 'a disguised host'],
    ['ftp://example.org', 'another scheme'],
    ['file:///etc/passwd', 'a file'],
    ['javascript:alert(1)', 'a script'],
    ['data:text/html,x', 'data'],
    ['https://example.org/?a=b', 'a query'],
    ['https://example.org/?', 'an empty query'],
    ['https://example.org/#top', 'a fragment'],
    ['https://exa mple.org', 'a space'],
    ['https://example.org\\@evil.example', 'a backslash'],
    ['https://example.org/\u202Egro', 'text turned around'],
    ['https://exam\u200Bple.org', 'an invisible character'],
    ['https://example.org:99999', 'no such port'],
    ['https://[::1', 'half an address'],
    ['"https://example.org', 'one quote alone'],
    ['https://"example.org"', 'quotes inside'],
    ['https://example.org"', 'one quote at the end'],
    ["https://it's.example.org", 'a sign that no name has'],
    ['https://example.org,', 'the comma of a sentence'],
    ['https://${HOST}', 'a variable that was not filled in'],
    ['""', 'quotes around nothing'],
    [`https://${'a'.repeat(10_000)}.example`, '10,000 characters'],
  ])('%s is refused: %s', (typed) => {
    expect(outcome(typed)).toBe(notValid);
  });

  it('gives a safe URL or one of the two errors, whatever is typed', () => {
    const part = fc.constantFrom(
      'https://',
      'http://',
      '//',
      'localhost',
      '127.0.0.1',
      '[::1]',
      ':8787',
      '@',
      '/',
      '.',
      'x',
      '?',
      '#',
      '%2e',
      '\\',
      ' ',
      'ß',
      '\0',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const result = outcome(text);
        if (result === notValid || result === notSecure) return;
        const url = new URL(result);
        expect(url.protocol === 'https:' || /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)).toBe(true);
        expect([url.username, url.password, url.search, url.hash]).toEqual(['', '', '', '']);
        expect(result.endsWith('/')).toBe(false);
        expect(parseAddress(result)).toBe(result);
      }),
      { numRuns: 2_000 },
    );
  });
});
