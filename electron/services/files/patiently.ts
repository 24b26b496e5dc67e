import { setTimeout as sleep } from 'node:timers/promises';
import { systemCode } from './storage-fault.ts';

/** What Windows says while a virus scanner, an indexer or a backup holds the file: a matter of moments. */
const passing = new Set(['EPERM', 'EBUSY', 'EACCES']);
/** Milliseconds between the tries, about a second in all. */
const waitsMs = [10, 20, 40, 80, 150, 250, 450];

/** Whether the system says so of `error`. */
export function isFileInUse(error: unknown): boolean {
  return passing.has(systemCode(error) ?? '');
}

/** Tries `act` again for about a second while somebody else holds the file. Errors: the last one of `act`. */
export async function patiently<T>(act: () => Promise<T>): Promise<T> {
  for (const wait of waitsMs) {
    try {
      return await act();
    } catch (error) {
      if (!isFileInUse(error)) throw error;
      await sleep(wait);
    }
  }
  return act();
}
