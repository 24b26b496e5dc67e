import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { nativeLanguage, nativeText, setNativeLanguage } from './native-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'locales-'));
for (const language of ['en', 'de', 'ja']) mkdirSync(join(folder, language));
writeFileSync(join(folder, 'de/native.json'), JSON.stringify({ window: { crashed: 'Das Fenster geht nicht mehr.' } }));
writeFileSync(join(folder, 'ja/native.json'), 'no JSON');

afterEach(() => setNativeLanguage([], folder));
afterAll(() => rmSync(folder, { recursive: true }));

const shown = () => [nativeLanguage(), nativeText('window.crashed')];
const inEnglish = ['en', 'The window stopped working.'];

describe('X13 texts outside of the window', () => {
  it('are in the first preferred language that there is', () => {
    expect(shown()).toEqual(inEnglish);
    setNativeLanguage(['fr-FR', 'de-AT', 'en'], folder);
    expect(shown()).toEqual(['de', 'Das Fenster geht nicht mehr.']);
    setNativeLanguage(['en-GB', 'de'], folder);
    expect(shown()).toEqual(inEnglish);
  });

  it('are in English where a language or the folder cannot be read', () => {
    setNativeLanguage(['ja'], folder);
    expect(shown()).toEqual(inEnglish);
    setNativeLanguage(['de'], join(folder, 'gone'));
    expect(shown()).toEqual(inEnglish);
  });
});
