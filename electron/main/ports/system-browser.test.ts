import { describe, expect, it } from 'vitest';
import { createSystemBrowser } from './system-browser.ts';

function setUp(isWilling = true) {
  const opened: string[] = [];
  const browser = createSystemBrowser({
    openExternal: (address) => {
      opened.push(address);
      return isWilling ? Promise.resolve() : Promise.reject(new Error('no browser'));
    },
  });
  return { opened, browser };
}

describe('C3 the system browser', () => {
  it.each(['https://id.example/authorize?state=x', 'http://127.0.0.1:9000/authorize', 'http://localhost:9000/'])(
    'opens %s',
    async (address) => {
      const { opened, browser } = setUp();
      expect(await browser.open(new URL(address))).toBe(true);
      expect(opened).toEqual([address]);
    },
  );

  it.each([
    'http://id.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-settings:',
    'https://me:word@id.example/',
  ])('is never given %s', async (address) => {
    const { opened, browser } = setUp();
    expect(await browser.open(new URL(address))).toBe(false);
    expect(opened).toEqual([]);
  });

  it('says when there is none', async () => {
    expect(await setUp(false).browser.open(new URL('https://id.example/'))).toBe(false);
  });
});
