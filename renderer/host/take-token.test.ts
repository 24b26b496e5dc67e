import { beforeEach, describe, expect, it } from 'vitest';
import { takeToken } from './take-token.ts';

beforeEach(() => sessionStorage.clear());

function pageAt(hash: string) {
  const replaced: string[] = [];
  const page = {
    location: { hash, pathname: '/', search: '' } as Location,
    history: {
      state: null,
      replaceState: (_state: unknown, _title: string, url: string) => void replaced.push(url),
    } as unknown as History,
    sessionStorage,
  };
  return { page, replaced };
}

describe("D1 the token of the shell's run", () => {
  it('is taken out of the address', () => {
    const { page, replaced } = pageAt('#token=abc-_1');
    expect(takeToken(page)).toBe('abc-_1');
    expect(replaced).toEqual(['/']);
  });

  it('survives a reload, when the address has it no more', () => {
    takeToken(pageAt('#token=abc').page);
    const { page, replaced } = pageAt('#/profile');
    expect(takeToken(page)).toBe('abc');
    expect(replaced).toEqual([]);
  });

  it('is replaced by that of a later start', () => {
    takeToken(pageAt('#token=old').page);
    expect(takeToken(pageAt('#token=new').page)).toBe('new');
  });

  it('is empty where there is none', () => {
    expect(takeToken(pageAt('').page)).toBe('');
  });
});
