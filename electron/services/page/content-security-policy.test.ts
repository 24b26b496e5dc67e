import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.ts';

function directives(policy: string): Map<string, string[]> {
  return new Map(policy.split('; ').map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1)]));
}

describe('D1 content security policy', () => {
  it('starts from nothing and allows exactly what the screens need', () => {
    expect(Object.fromEntries(directives(contentSecurityPolicy({ connectSrc: "'none'" })))).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:', 'blob:'],
      'font-src': ["'self'"],
      'connect-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
      'require-trusted-types-for': ["'script'"],
      'trusted-types': ['vue', 'own-worker'],
    });
  });

  it('differs between the two shells in connect-src alone', () => {
    const electron = directives(contentSecurityPolicy({ connectSrc: "'none'" }));
    const browser = directives(contentSecurityPolicy({ connectSrc: "'self'" }));
    const different = [...browser].filter(([name, sources]) => electron.get(name)?.join(' ') !== sources.join(' '));
    expect(different).toEqual([['connect-src', ["'self'"]]]);
  });
});
