import { parseArgs } from 'node:util';
import { defaultPresetId, isPresetId, presetIds, type PresetId } from '../shared/presets.ts';

export const usage = `Profile Desk in your browser: the same services and screens, on this computer only.
Prints a link to open.

  npm run start:browser -- [options]

  --data-dir DIR           where this copy keeps its data (default: your data folder for applications)
  --port N                 port on 127.0.0.1; 0 takes a free one (default)
  --no-key-store           keep nothing between runs, as on a computer without a key store
  --answer-within SECONDS  how long a service may take to answer (default: 10)
  --embedded-preset NAME   rights and fields of the demo account: ${presetIds.join(', ')} (the first if left out)
  --help`;

export type CommandLine = Readonly<ReturnType<typeof parseCommandLine>>;

/** Errors: Error with one line for the person at the terminal. */
export function parseCommandLine(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'data-dir': { type: 'string' },
      port: { type: 'string', default: '0' },
      'no-key-store': { type: 'boolean', default: false },
      'answer-within': { type: 'string', default: '10' },
      'embedded-preset': { type: 'string', default: defaultPresetId },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    /** As typed; undefined for the default. */
    dataFolder: values['data-dir'],
    port: parsePort(values.port),
    keyStore: !values['no-key-store'],
    answerWithinSeconds: parseSeconds(values['answer-within']),
    embeddedPreset: parsePreset(values['embedded-preset']),
    help: values.help,
  };
}

function parsePort(typed: string): number {
  const port = /^\d{1,5}$/.test(typed) ? Number(typed) : Number.NaN;
  if (port <= 65_535) return port;
  throw new Error(`--port takes a number from 0 to 65535, not "${typed}"`);
}

function parseSeconds(typed: string): number {
  const seconds = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
  if (seconds > 0) return seconds;
  throw new Error(`--answer-within takes a number of seconds from 1 to 999, not "${typed}"`);
}

function parsePreset(typed: string): PresetId {
  if (isPresetId(typed)) return typed;
  throw new Error(`--embedded-preset takes one of ${presetIds.join(', ')}, not "${typed}"`);
}
