import { parseArgs } from 'node:util';

export interface CommandLine {
  /** As typed; undefined for the platform's own place. */
  readonly dataFolder: string | undefined;
}

/** Reads `--data-dir DIR`; everything else on the line is Chromium's or the test driver's and passes by. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: { 'data-dir': { type: 'string' } },
    strict: false,
  });
  const typed = values['data-dir'];
  return { dataFolder: typeof typed === 'string' && typed !== '' ? typed : undefined };
}
