import { randomBytes } from 'node:crypto';
import { readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from './storage-fault.ts';

/** Tells this process from an earlier one with the same id. */
const writer = randomBytes(6).toString('hex');
const tempPattern = /^\..+\.(\d+)-([0-9a-f]{12})-[0-9a-f]{12}\.tmp$/;

/** A new name each time, which says who is writing. The leading dot keeps it apart from every file of the store. */
export function tempName(name: string): string {
  return `.${name}.${String(process.pid)}-${writer}-${randomBytes(6).toString('hex')}.tmp`;
}

/** Removes what writers left that were ended while writing; a living writer's files stay. */
export function removeStrayTempFiles(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid, token] = tempPattern.exec(name) ?? [];
    if (pid !== undefined && token !== writer && !isOtherProcessAlive(Number(pid))) unlinkSync(join(folder, name));
  }
}

function isOtherProcessAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return systemCode(error) === 'EPERM';
  }
}
