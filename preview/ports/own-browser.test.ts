import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTempFolder, type TempFolder } from '../../tests/support/temp-folder.ts';
import { createOwnBrowser } from './own-browser.ts';

let folder: TempFolder;
beforeEach(() => void (folder = makeTempFolder()));
afterEach(() => folder[Symbol.dispose]());

/** A computer whose opener notes what it is given, and ends with `status`. */
function computer(status = 0, display = ':0') {
  const opener = join(folder.path, 'xdg-open');
  writeFileSync(opener, `#!/bin/sh\nprintf '%s' "$#:$1" > ${join(folder.path, 'opened')}\nexit ${String(status)}\n`);
  chmodSync(opener, 0o755);
  return createOwnBrowser({ PATH: folder.path, DISPLAY: display }, 'linux');
}
const opened = () => readFileSync(join(folder.path, 'opened'), 'utf8');

describe('C3 the person’s own browser', () => {
  it('is opened with the address as one argument, of no shell', async () => {
    const address = 'https://id.example/authorize?a=1&b=$(id)';
    expect(await computer().open(new URL(address))).toBe(true);
    expect(opened()).toBe(`1:${address}`);
  });

  it('is not there where the opener fails, or is missing, or there is no screen', async () => {
    expect(await computer(3).open(new URL('https://id.example/'))).toBe(false);
    expect(
      await createOwnBrowser({ PATH: '/nowhere', DISPLAY: ':0' }, 'linux').open(new URL('https://id.example/')),
    ).toBe(false);
    expect(await computer(0, '').open(new URL('https://id.example/'))).toBe(false);
  });

  it('is never given what is no web page, or not encrypted', async () => {
    for (const address of ['file:///etc/passwd', 'http://id.example/', 'https://me:word@id.example/'])
      expect(await computer().open(new URL(address))).toBe(false);
    expect(opened).toThrow();
  });
});
