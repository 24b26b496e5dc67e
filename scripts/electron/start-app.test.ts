import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freeDesktop } from '../../tests/support/electron-facts.ts';
import { makeTempFolder, type TempFolder } from '../../tests/support/temp-folder.ts';
import type { ElectronPlace } from './binary.ts';
import type { FetchOutcome } from './fetch.ts';
import type { SystemFacts } from './obstacles.ts';
import { runElectron } from './run.ts';
import { startApp } from './start-app.ts';

let folder: TempFolder;
beforeEach(() => void (folder = makeTempFolder()));
afterEach(() => folder[Symbol.dispose]());

interface Situation {
  readonly facts?: Partial<SystemFacts>;
  readonly place?: Partial<ElectronPlace>;
  readonly fetched?: FetchOutcome;
  /** A Node script in place of Electron; what it is given as its first argument is the app. */
  readonly electron?: string;
  readonly browserShell?: boolean;
}

/** What was done, in order, and what was said. */
async function start({ facts: own, place, fetched, electron = '', browserShell = true }: Situation) {
  const done: string[] = [];
  const said: string[] = [];
  const binary = join(folder.path, 'electron');
  writeFileSync(binary, `#!${process.execPath}\n${electron}`);
  chmodSync(binary, 0o755);
  let isThere = place?.isThere ?? true;
  const isInOrder = await startApp({
    findElectron: () => ({ binary, isOverridden: false, ...place, isThere }),
    readFacts: () => ({ ...freeDesktop, ...own }),
    fetch() {
      done.push('fetch');
      isThere = fetched?.kind === 'fetched';
      return Promise.resolve(fetched ?? { kind: 'failed', reason: 'nothing is fetched in this test' });
    },
    runElectron(path) {
      done.push('electron');
      return runElectron(path, []);
    },
    runBrowserShell() {
      done.push('browser shell');
      return Promise.resolve(browserShell);
    },
    say: (line) => void said.push(line),
  });
  return { done, said: said.join('\n'), isInOrder };
}

describe.skipIf(process.platform === 'win32')('D1 npm start', () => {
  it('runs Electron where nothing speaks against it, and ends as Electron ends', async () => {
    expect(await start({})).toEqual({ done: ['electron'], said: '', isInOrder: true });
    expect(await start({ electron: 'process.exit(3)' })).toEqual({ done: ['electron'], said: '', isInOrder: false });
  });

  it('gives Electron the app, and no environment that makes a plain Node of it', async () => {
    const wanted = "process.argv[2] && require('fs').existsSync(process.argv[2] + '/electron-builder.yml')";
    const electron = `process.exit(${wanted} && !process.env.ELECTRON_RUN_AS_NODE ? 0 : 9)`;
    process.env['ELECTRON_RUN_AS_NODE'] = '1';
    try {
      expect(await start({ electron })).toMatchObject({ done: ['electron'], isInOrder: true });
    } finally {
      delete process.env['ELECTRON_RUN_AS_NODE'];
    }
  });

  it.each([
    [
      'a signal, as where there is no sandbox',
      "process.kill(process.pid, 'SIGTRAP'); setTimeout(() => {}, 9e3)",
      'SIGTRAP',
    ],
    ['127, as where a library is missing', 'process.exit(127)', 'library'],
  ])('takes the browser where Electron breaks down before the app has started: %s', async (_name, electron, word) => {
    const { done, said, isInOrder } = await start({ electron });
    expect(done).toEqual(['electron', 'browser shell']);
    expect(isInOrder).toBe(true);
    expect(said).toContain(word);
    expect(said).toContain("sudo chown root:root '/desk/chrome-sandbox'");
  });

  it('takes no browser, with its other data, where the app had started', async () => {
    const electron =
      "process.send({ kind: 'started' }, () => process.kill(process.pid, 'SIGSEGV')); setTimeout(() => {}, 9e3)";
    expect(await start({ electron })).toEqual({ done: ['electron'], said: '', isInOrder: false });
  });

  it('takes no browser where a person ended it', async () => {
    const electron = "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 9e3)";
    expect(await start({ electron })).toMatchObject({ done: ['electron'], said: '' });
  });

  it('takes the browser where the system refuses, says why, and fetches nothing for it', async () => {
    const { done, said } = await start({ facts: { maxNamespaces: '0' }, place: { isThere: false } });
    expect(done).toEqual(['browser shell']);
    expect(said).toMatch(/max_user_namespaces.*\nStarting the same app in the browser/s);
    expect(await start({ facts: { isRoot: true }, browserShell: false })).toMatchObject({ isInOrder: false });
  });

  it('fetches Electron where only its binary is missing', async () => {
    const { done } = await start({ place: { isThere: false }, fetched: { kind: 'fetched' } });
    expect(done).toEqual(['fetch', 'electron']);
  });

  it('says why it could not be fetched', async () => {
    const failed = await start({ place: { isThere: false }, fetched: { kind: 'failed', reason: 'no such host' } });
    expect(failed.done).toEqual(['fetch', 'browser shell']);
    expect(failed.said).toContain('Electron could not be fetched: no such host.');
    const givenUp = await start({ place: { isThere: false }, fetched: { kind: 'given up' } });
    expect(givenUp.done).toEqual(['fetch', 'browser shell']);
    expect(givenUp.said).toContain('next start');
  });

  it('fetches nothing into a folder of the person', async () => {
    const { done, said } = await start({ place: { isThere: false, isOverridden: true } });
    expect(done).toEqual(['browser shell']);
    expect(said).toContain('ELECTRON_OVERRIDE_DIST_PATH');
  });
});
