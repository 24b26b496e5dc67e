import { describe, expect, it } from 'vitest';
import { checkPrecondition, etagOf, isUnchanged } from './conditional.ts';

const etag = etagOf({ a: 1 });

describe('W2 ETags', () => {
  it('are equal for equal content only', () => {
    expect(etagOf({ a: 1 })).toBe(etag);
    expect(etagOf({ a: 2 })).not.toBe(etag);
  });

  it.each([etag, '*', `"x",${etag}`, ` "x" , ${etag} `])('If-Match %s lets a change through', (header) => {
    expect(() => {
      checkPrecondition(header, etag);
    }).not.toThrow();
  });

  it.each(['"x"', `W/${etag}`, etag.slice(1, -1), '', 'x', '"*"'])('If-Match %j is stale', (header) => {
    expect(() => {
      checkPrecondition(header, etag);
    }).toThrow(expect.objectContaining({ code: 'stale' }));
  });

  it('a change without If-Match is not let through', () => {
    expect(() => {
      checkPrecondition(undefined, etag);
    }).toThrow(expect.objectContaining({ code: 'precondition-required' }));
  });

  it('If-None-Match compares weakly', () => {
    for (const header of [etag, `W/${etag}`, '*', `"x", W/${etag}`]) expect(isUnchanged(header, etag)).toBe(true);
    for (const header of [undefined, '', '"x"', etag.slice(1, -1)]) expect(isUnchanged(header, etag)).toBe(false);
  });
});
