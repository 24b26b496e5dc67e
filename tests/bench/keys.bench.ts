import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ssh2 from 'ssh2';
import sshpk from 'sshpk';
import { describeReading, openKeyFile, parseKey, readKey, readKeys, sha256Fingerprint } from '../../ssh-keys/index.ts';
import { makeSshKey, run as runTool } from '../support/ssh-tools.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import type { BenchRow } from './bench-row.ts';
import { measureSideBySide, percentile } from './measure.ts';

const rounds = 2_000;
const processRounds = 40;
const ours = 'ours';
const proved = 'ours, proved';

interface KeyFile {
  readonly name: string;
  readonly path: string;
}

/**
 * Parse and SHA-256 fingerprint of each format, beside two libraries and one process of ssh-keygen; then 1,000 files
 * from the disk.
 */
export async function run(): Promise<BenchRow[]> {
  using folder = makeTempFolder();
  const files = await makeFiles(folder.path);
  const rows: BenchRow[] = [];
  for (const file of files) rows.push(...(await measureFile(file)));
  rows.push(await measureMany(folder.path, files));
  return rows;
}

async function makeFiles(folder: string): Promise<KeyFile[]> {
  const ed25519 = (await makeSshKey(folder, 'ed25519', 256)).path;
  const ecdsa = (await makeSshKey(folder, 'ecdsa', 256)).path;
  const rsa = (await makeSshKey(folder, 'rsa', 3072)).path;
  const rewrite = async (from: string, form: string, name: string): Promise<string> => {
    copyFileSync(from, join(folder, name));
    await runTool('ssh-keygen', ['-q', '-p', '-m', form, '-P', '', '-N', '', '-f', join(folder, name)]);
    return join(folder, name);
  };
  const putty = async (version: number): Promise<string> => {
    const path = join(folder, `ppk${version}`);
    await runTool('puttygen', [rsa, '-O', 'private', '--ppk-param', `version=${version}`, '-o', path]);
    return path;
  };
  return [
    { name: 'public line, Ed25519', path: `${ed25519}.pub` },
    { name: 'public line, RSA 3072', path: `${rsa}.pub` },
    { name: 'OpenSSH, Ed25519', path: ed25519 },
    { name: 'OpenSSH, ECDSA P-256', path: ecdsa },
    { name: 'OpenSSH, RSA 3072', path: rsa },
    { name: 'PKCS#1, RSA 3072', path: await rewrite(rsa, 'PEM', 'pkcs1') },
    { name: 'SEC1, ECDSA P-256', path: await rewrite(ecdsa, 'PEM', 'sec1') },
    { name: 'PKCS#8, RSA 3072', path: await rewrite(rsa, 'PKCS8', 'pkcs8') },
    { name: 'PPK v2, RSA 3072', path: await putty(2) },
    { name: 'PPK v3, RSA 3072', path: await putty(3) },
  ];
}

/**
 * What each does to end with the same text. Gives undefined, or throws, where it cannot read the file. sshpk leaves
 * the MAC of an open PuTTY file and what RSA's numbers have to do with each other as they are; with ours, both are part
 * of the proof.
 */
function contendersFor(content: Buffer): { name: string; act: () => unknown }[] {
  return [
    {
      name: ours,
      act() {
        const { publicKey } = parseKey(content).facts;
        return publicKey && sha256Fingerprint(publicKey);
      },
    },
    {
      name: proved,
      async act() {
        const { publicKey } = (await readKey(content)).facts;
        return publicKey && sha256Fingerprint(publicKey);
      },
    },
    { name: 'sshpk', act: () => sshpk.parseKey(content, 'auto').fingerprint('sha256').toString() },
    {
      name: 'ssh2',
      act() {
        const key = ssh2.utils.parseKey(content);
        if (key instanceof Error) throw key;
        return `SHA256:${createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '')}`;
      },
    },
  ];
}

async function measureFile({ name, path }: KeyFile): Promise<BenchRow[]> {
  const content = readFileSync(path);
  const all = contendersFor(content);
  const expected = all[0]?.act();
  const able: typeof all = [];
  for (const contender of all) if (await agrees(contender, expected)) able.push(contender);
  const times = await measureSideBySide(able, rounds);
  const processes = await timeProcess(path, String(expected));
  const micros = (contender: string) => percentile(times[contender] ?? [], 50) * 1_000;
  const rivals = able.slice(2).map((rival) => ({ name: rival.name, measured: micros(rival.name) }));
  const target = (max: number) => ({ target: { max, of: 'ratio' } as const });
  const row = { name: `${name}: parse and fingerprint, p50`, measured: micros(ours), unit: 'µs' };
  const process =
    processes.length > 0 ? { name: 'ssh-keygen -l', measured: percentile(processes, 50) * 1_000 } : undefined;
  const provedRow = {
    name: `${name}: and prove that its halves belong together`,
    measured: micros(proved),
    unit: 'µs',
  };
  return [
    ...rivals.map((against) => ({ ...row, against, ...target(1) })),
    ...(process ? [{ ...row, against: process, ...target(0.01) }] : []),
    ...(name.startsWith('public') ? [] : [process ? { ...provedRow, against: process } : provedRow]),
  ];
}

async function agrees({ act }: { act: () => unknown }, expected: unknown): Promise<boolean> {
  try {
    return (await act()) === expected;
  } catch {
    return false;
  }
}

/** Milliseconds; empty if ssh-keygen does not read the format. */
async function timeProcess(path: string, expected: string): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < processRounds; round += 1) {
    const start = performance.now();
    const printed = await runTool('ssh-keygen', ['-l', '-f', path]).catch(() => '');
    if (!printed.includes(expected)) return [];
    times.push(performance.now() - start);
  }
  return times;
}

/** One file after the other, with all that the CLI does: open, read, prove, judge. */
async function measureMany(folder: string, files: readonly KeyFile[]): Promise<BenchRow> {
  const many = join(folder, 'many');
  mkdirSync(many);
  const paths = Array.from({ length: 1_000 }, (_, number) => {
    const { path } = files[number % files.length] as KeyFile;
    copyFileSync(path, join(many, `${number}-${basename(path)}`));
    return join(many, `${number}-${basename(path)}`);
  });
  const start = performance.now();
  for (const path of paths)
    for await (const { reading } of readKeys((await openKeyFile(path)).content)) describeReading(reading);
  return {
    name: '1,000 files of all these formats: open, prove, judge',
    measured: performance.now() - start,
    unit: 'ms',
    target: { max: 1_000, of: 'measured' },
  };
}
