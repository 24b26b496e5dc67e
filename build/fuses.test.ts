import { FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decideFuses, findFuseFaults } from './fuses.ts';

const options = {
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
/** The marker in front of the wire in every Electron binary. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** The faults that the real reader finds in a binary with this wire, e.g. `01001100`. */
async function faultsOf(wire: string, version = 1): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fuses-'));
  try {
    const binary = join(folder, 'profile-desk');
    writeFileSync(
      binary,
      Buffer.concat([
        Buffer.from(`before${sentinel}`),
        Buffer.from([version, wire.length]),
        Buffer.from(`${wire}after`),
      ]),
    );
    return findFuseFaults(await getCurrentFuseWire(binary), decideFuses(options));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('D6 fuses', () => {
  it('are all decided, or the packing ends', () => {
    expect(decideFuses(options)).toMatchObject({
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      resetAdHocDarwinSignature: true,
    });
    const { grantFileProtocolExtraPrivileges, ...rest } = options;
    expect(() => decideFuses({ grantFileProtocolExtraPrivileges })).toThrow('runAsNode, enableCookieEncryption');
    expect(() => decideFuses(rest)).toThrow('open: grantFileProtocolExtraPrivileges');
    const fusesAlone = Object.entries(options).filter(([name]) => name !== 'resetAdHocDarwinSignature');
    expect(() => decideFuses(Object.fromEntries(fusesAlone))).toThrow('open: resetAdHocDarwinSignature');
  });

  it('are found as decided in a binary that has them so', async () => {
    expect(await faultsOf('01001100')).toEqual([]);
    expect(await faultsOf('010011001')).toEqual([]);
  });

  it.each([
    ['11001100', 'RunAsNode is not off'],
    ['00001100', 'EnableCookieEncryption is not on'],
    ['01101100', 'EnableNodeOptionsEnvironmentVariable is not off'],
    ['01011100', 'EnableNodeCliInspectArguments is not off'],
    ['01000100', 'EnableEmbeddedAsarIntegrityValidation is not on'],
    ['01001000', 'OnlyLoadAppFromAsar is not on'],
    ['01001110', 'LoadBrowserProcessSpecificV8Snapshot is not off'],
    ['01001101', 'GrantFileProtocolExtraPrivileges is not off'],
    ['r1001100', 'RunAsNode is not off'],
    ['0100110', 'GrantFileProtocolExtraPrivileges is not in the wire'],
    ['010011000', 'fuse 8 is not on'],
    ['0100110011', 'fuse 9 is not decided'],
  ])('wire %s: %s', async (wire, fault) => {
    expect(await faultsOf(wire)).toEqual([fault]);
  });

  it('are not trusted in a wire of another version', async () => {
    expect(await faultsOf('01001100', 2)).toEqual(['the wire has version 2']);
  });
});
