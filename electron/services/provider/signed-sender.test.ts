import { describe, expect, it } from 'vitest';
import { toSegment } from './signed-sender.ts';

describe('C7 E11 an id in a path', () => {
  it.each(['k1', 'a/b', '../me', '%2e%2e', '..%2f', '...', 'ä 日本', '?x#y', '\\..\\'])(
    '%j stays one segment, and comes back whole',
    (id) => {
      const { pathname } = new URL(`http://127.0.0.1/me/access-keys/${toSegment(id)}`);
      const [, me, keys, last = '', ...more] = pathname.split('/');
      expect([me, keys, decodeURIComponent(last), more]).toEqual(['me', 'access-keys', id, []]);
    },
  );

  it.each(['.', '..', '', '\uD800', 'x\uDC00'])('%j names nothing', (id) => {
    expect(() => toSegment(id)).toThrow('not-found');
  });
});
