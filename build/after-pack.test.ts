import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { flipFuses } from '@electron/fuses';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeTempFolder, type TempFolder } from '../tests/support/temp-folder.ts';
import { afterPack } from './after-pack.ts';

type Context = Parameters<typeof afterPack>[0];

afterEach(() => void vi.unstubAllEnvs());

const electronFuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
  resetAdHocDarwinSignature: true,
};

/** An app of macOS that is a fuse wire and nothing else, with a `codesign` that writes down how it was called. */
function makeApp(folder: TempFolder, codesignStatus = 0) {
  const framework = join(folder.path, 'Profile Desk.app/Contents/Frameworks/Electron Framework.framework');
  mkdirSync(framework, { recursive: true });
  const wire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.of(1, 9),
    Buffer.from('101100101'),
  ]);
  writeFileSync(join(framework, 'Electron Framework'), wire);
  const programs = join(folder.path, 'programs');
  const calls = join(folder.path, 'calls');
  mkdirSync(programs);
  writeFileSync(join(programs, 'codesign'), `#!/bin/sh\necho "$@" >> '${calls}'\nexit ${String(codesignStatus)}\n`);
  chmodSync(join(programs, 'codesign'), 0o755);
  vi.stubEnv('PATH', `${programs}${delimiter}${process.env['PATH'] ?? ''}`);
  const context = {
    appOutDir: folder.path,
    electronPlatformName: 'darwin',
    packager: {
      config: { electronFuses },
      appInfo: { productFilename: 'Profile Desk' },
      addElectronFuses: ({ appOutDir }: Context, fuses: Parameters<typeof flipFuses>[1]) =>
        flipFuses(join(appOutDir, 'Profile Desk.app'), fuses),
    },
  } as unknown as Context;
  return { context, calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []) };
}

describe.skipIf(process.platform === 'win32')('D6 a packed app of macOS', () => {
  it('is signed ad hoc again after its fuses were set: Apple silicon kills it otherwise', async () => {
    using folder = makeTempFolder();
    const { context, calls } = makeApp(folder);
    await afterPack(context);
    expect(calls()).toEqual([expect.stringMatching(/^--sign - --force .*--deep .*Profile Desk\.app$/)]);
  });

  it('is not packed where it cannot be signed again', async () => {
    using folder = makeTempFolder();
    const { context } = makeApp(folder, 1);
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await expect(afterPack(context)).rejects.toThrow('Ad-hoc codesign failed');
    said.mockRestore();
  });
});
