import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findChromium } from './chromium.ts';
import { makeTempFolder } from './temp-folder.ts';

describe('the Chromium of the tests', () => {
  it('is CHROMIUM_PATH, else the headless shell on the PATH, or the whole browser where asked for', () => {
    using folder = makeTempFolder();
    const make = (name: string) => {
      const path = join(folder.path, name);
      writeFileSync(path, '#!/bin/sh\n');
      chmodSync(path, 0o755);
      return path;
    };
    mkdirSync(join(folder.path, 'late'));
    const shell = make('late/chromium-headless-shell');
    const PATH = [folder.path, join(folder.path, 'late')].join(delimiter);
    const browser = make('google-chrome');
    expect(findChromium({ PATH })).toBe(shell);
    expect(findChromium({ PATH }, { whole: true })).toBe(browser);
    expect(findChromium({ PATH, CHROMIUM_PATH: browser })).toBe(browser);
    chmodSync(shell, 0o644);
    expect(findChromium({ PATH })).toBe(browser);
    expect(findChromium({ PATH: '/nowhere' })).toBeUndefined();
  });
});
