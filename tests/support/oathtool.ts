import { spawnSync } from 'node:child_process';

/** Whether the OATH Toolkit's program is here: a maker of codes that shares no code with ours. */
export const hasOathtool = spawnSync('oathtool', ['--version']).status === 0;

/** One code. `secret` in Base32. */
export function oathtool(secret: string, ...flags: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('oathtool', ['--base32', ...flags, secret], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}
