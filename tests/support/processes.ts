import { readFileSync } from 'node:fs';

// What Linux tells of its processes (proc(5)). Tests that need it are skipped elsewhere.

export const canSeeProcesses = process.platform === 'linux';

export function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/** A zombie (Z) has ended; only its parent has not looked yet. */
export function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
