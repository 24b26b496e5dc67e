import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cleanText } from '../electron/services/core/clean-text.ts';
import {
  describeReading,
  drawRandomart,
  KeyFailure,
  type KeyInspection,
  type KeyPlace,
  type KeyReading,
  maxKeysInFile,
  openKeyFile,
  problemOf,
  readKeys,
  withoutMark,
} from '../ssh-keys/index.ts';
import type { KeyOrigin } from '../shared/contract/keys/ssh-keys.ts';
import { createOriginFinder, type OriginFinder } from './inspect-key-origin.ts';
import { sayKeyProblems } from './say-key-problems.ts';

// Says what SSH key files are: npm run --silent inspect-key -- [--json] [--passphrase-file FILE] PATH...

const usage = `usage: npm run --silent inspect-key -- [--json] [--passphrase-file FILE] PATH...

Reads SSH key files, private, public or certificates, and says what they are, whether they are sound, and whose.
A file with several keys, such as authorized_keys, gets an answer for each of them,
up to ${maxKeysInFile.toLocaleString('en')}.
  --json                  one JSON object per line and file; where a file holds several keys, one per key,
                          with "index" (from 1) and "line" (where it begins)
  --passphrase-file FILE  the first line of FILE opens the encrypted ones
Exit status: 0 if there was an answer for every file, 1 if one could not be read, 2 for a wrong call.
`;

const origins: Readonly<Record<KeyOrigin, string>> = {
  own: 'yours: its private half is here',
  'public-only': 'may be anybody’s: no private half of it is here',
  'authorized-keys': 'may log in to a computer (authorized_keys); not known to be yours',
  signers: 'may sign (allowed_signers); not known to be yours',
  'known-hosts': 'a server’s key (known_hosts)',
};

// Who reads the output may have seen enough, as "head" does: no error of ours, but not every file was answered for.
process.stdout.on('error', () => process.exit(1));
process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let call;
  try {
    const options = {
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      'passphrase-file': { type: 'string' },
    } as const;
    call = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    // Node's own hint on names that begin with a hyphen takes them for something else.
    const [first = ''] = messageOf(error).split('. To specify');
    return complain(`${first}\n\n${usage}`, 2);
  }
  const { values, positionals } = call;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (positionals.length === 0) return complain(usage, 2);
  let passphrase: Uint8Array | undefined;
  try {
    passphrase = values['passphrase-file'] === undefined ? undefined : await firstLineOf(values['passphrase-file']);
  } catch (error) {
    return complain(`The passphrase file could not be read: ${passphraseFault(error)}\n`, 2);
  }
  return inspectAll(positionals, passphrase, values.json ?? false);
}

async function inspectAll(
  paths: readonly string[],
  passphrase: Uint8Array | undefined,
  asJson: boolean,
): Promise<number> {
  let status = 0;
  const finder = createOriginFinder(paths.map(resolvePath));
  for (const path of paths) {
    for await (const { answer, reading } of answersFor(path, passphrase, finder)) {
      if (answer.verdict === 'unreadable') status = 1;
      process.stdout.write(asJson ? `${JSON.stringify(answer)}\n` : forPerson(answer, reading));
    }
  }
  return status;
}

/** What is said of a key; `unreadable` of a file that nobody read: it may well hold one. */
type Answer = Omit<KeyInspection, 'verdict' | 'problems'> &
  Partial<KeyPlace> & {
    readonly file: string;
    readonly verdict: KeyInspection['verdict'] | 'unreadable';
    /** Sentences; null if there is nothing to say. */
    readonly reason: string | null;
    /** Whose key it is; null where there is none. */
    readonly origin: KeyOrigin | null;
  };

interface Answered {
  readonly answer: Answer;
  readonly reading: KeyReading;
}

async function* answersFor(
  path: string,
  passphrase: Uint8Array | undefined,
  finder: OriginFinder,
): AsyncGenerator<Answered> {
  const nothing: KeyReading = { facts: {} };
  try {
    const { content, realPath } = await openKeyFile(resolvePath(path));
    for await (const { reading, place } of readKeys(content, passphrase)) {
      reading.privateKey?.agentForm.fill(0);
      const origin = await finder.originOf([resolvePath(path), realPath], reading);
      const { problems, ...facts } = describeReading(reading);
      yield { answer: { file: path, ...place, ...facts, reason: sayKeyProblems(problems), origin }, reading };
    }
    content.fill(0);
  } catch (error) {
    const { problems: _, ...facts } = describeReading(nothing);
    const answer = { ...facts, verdict: 'unreadable', reason: sayKeyProblems([problemOf(error)]) } as const;
    yield { answer: { file: path, ...answer, origin: null }, reading: nothing };
  }
}

function forPerson(answer: Answer, { facts }: KeyReading): string {
  const { file, index, line, verdict, reason, type, bits, comment, sha256, md5, kind, format, encrypted, origin } =
    answer;
  const name = index === undefined ? file : `${file}, key ${index} (line ${line})`;
  const form = [kind, format, encrypted ? 'encrypted' : null].filter(Boolean).join(', ');
  const key = [type, bits === null ? null : `${bits} bits`, comment].filter(Boolean).join(' · ');
  const whose = kind === 'private' || origin === null ? null : origins[origin];
  const picture = facts.publicKey ? drawRandomart(facts.publicKey, kind === 'certificate') : null;
  const lines = [`${cleanText(name)}: ${verdict}`, reason, key, form, whose, sha256, md5, picture];
  return `${lines.filter(Boolean).join('\n')}\n\n`;
}

/**
 * Without its line end: editors add one. Bytes, as a passphrase need not be UTF-8; but a mark of an editor or of
 * Windows' shell is no part of it, and what is in UTF-16 was typed as text.
 */
async function firstLineOf(path: string): Promise<Uint8Array> {
  const { content } = await openKeyFile(resolvePath(path));
  const bytes = withoutMark(content);
  const feed = bytes.indexOf(0x0a);
  const end = feed < 0 ? bytes.length : feed;
  return bytes.subarray(0, bytes[end - 1] === 0x0d && feed >= 0 ? end - 1 : end);
}

/** npm starts a script in the project's folder and tells where it was called. */
function resolvePath(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', path);
}

function complain(text: string, status: number): number {
  process.stderr.write(text);
  return status;
}

/** As of key files, but for what is said of their size. */
function passphraseFault(error: unknown): string {
  if (!(error instanceof KeyFailure)) return messageOf(error);
  const { problem } = error;
  if (problem.code !== 'file-too-large') return sayKeyProblems([problem]) ?? '';
  const [bytes, most] = [problem.bytes, problem.most].map((figure) => figure.toLocaleString('en'));
  return `The file has ${bytes} bytes: no passphrase has more than ${most}.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
