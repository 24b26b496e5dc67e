import { inspect } from 'node:util';
import type { Log } from '../../electron/services/ports.ts';

/** A log that remembers all that it was given, the causes too. */
export function createListeningLog(): { readonly lines: readonly string[]; readonly log: Log } {
  const lines: string[] = [];
  const note = (...given: unknown[]) =>
    void lines.push(inspect(given, { depth: 30, showHidden: true, maxStringLength: null, maxArrayLength: null }));
  return { lines, log: { info: note, warn: note, error: note } };
}
