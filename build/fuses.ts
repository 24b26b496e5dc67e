import { FuseV1Options, FuseVersion, type FuseConfig, type getCurrentFuseWire } from '@electron/fuses';
import type { Configuration } from 'electron-builder';

type FuseOptions = NonNullable<Configuration['electronFuses']>;
type FuseWire = Awaited<ReturnType<typeof getCurrentFuseWire>>;
type FuseName = Exclude<keyof FuseOptions, 'resetAdHocDarwinSignature'>;

const fuses: Readonly<Record<FuseName, FuseV1Options>> = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
};

/**
 * Fuses that electron-builder cannot set yet, with what Electron ships and we accept.
 * 8: WasmTrapHandlers, a question of speed alone.
 */
const accepted: ReadonlyMap<number, boolean> = new Map([[8, true]]);

/** States of a fuse in the binary, as ASCII codes. */
const on = '1'.charCodeAt(0);
const off = '0'.charCodeAt(0);

/**
 * The fuses as electron-builder.yml decides them, and whether an app of macOS is signed anew after it: setting a fuse
 * breaks the signature that Electron comes with. Errors: one with the names that it leaves open.
 */
export function decideFuses(options: FuseOptions): FuseConfig {
  const names = Object.keys(fuses) as FuseName[];
  const decisions = [...names, 'resetAdHocDarwinSignature'] as const;
  const open = decisions.filter((name) => typeof options[name] !== 'boolean');
  if (open.length > 0) throw new Error(`electron-builder.yml leaves fuses open: ${open.join(', ')}`);
  const states = Object.fromEntries(names.map((name) => [fuses[name], options[name]]));
  return {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: options.resetAdHocDarwinSignature === true,
    ...states,
  };
}

/**
 * What in the binary's wire is not as decided, one line each: a fuse in another state, missing, or decided by nobody.
 */
export function findFuseFaults(wire: FuseWire, decided: FuseConfig): string[] {
  if (wire.version !== FuseVersion.V1) return [`the wire has version ${String(wire.version)}`];
  const states = new Map(
    Object.entries(wire).flatMap(([index, state]) =>
      index === 'version' ? [] : [[Number(index), Number(state)] as const],
    ),
  );
  const missing = Object.values(fuses).filter((index) => !states.has(index));
  return [
    ...missing.map((index) => `${nameOf(index)} is not in the wire`),
    ...[...states].flatMap(([index, state]) =>
      faultsOf(index, state, decided[index as FuseV1Options] ?? accepted.get(index)),
    ),
  ];
}

function faultsOf(index: number, state: number, wanted: boolean | undefined): string[] {
  if (wanted === undefined) return [`${nameOf(index)} is not decided`];
  return state === (wanted ? on : off) ? [] : [`${nameOf(index)} is not ${wanted ? 'on' : 'off'}`];
}

function nameOf(index: number): string {
  return FuseV1Options[index] ?? `fuse ${String(index)}`;
}
