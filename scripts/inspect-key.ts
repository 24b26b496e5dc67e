import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cleanText } from '../electron/services/clean-text.ts';
import { describeReading, type KeyInspection } from '../electron/services/identity-keys/inspect-key.ts';
import { KeyFailure } from '../electron/services/identity-keys/key-failure.ts';
import { openKeyFile } from '../electron/services/identity-keys/open-key-file.ts';
import { drawRandomart } from '../electron/services/identity-keys/randomart.ts';
import type { KeyReading } from '../electron/services/identity-keys/read-key.ts';
import { mostKeysInFile, readKeys, type KeyPlace } from '../electron/services/identity-keys/read-keys.ts';

// Says what SSH key files are: npm run --silent inspect-key -- [--json] [--passphrase-file FILE] PATH...

const usage = `usage: npm run --silent inspect-key -- [--json] [--passphrase-file FILE] PATH...

Reads SSH key files, private, public or certificates, and says what they are and whether they are sound.
A file with several keys, such as authorized_keys, gets an answer for each of them, up to ${mostKeysInFile.toLocaleString('en')}.
  --json                  one JSON object per line and file; where a file holds several keys, one per key,
                          with "index" (from 1) and "line" (where it begins)
  --passphrase-file FILE  the first line of FILE opens the encrypted ones
Exit status: 0 if there was an answer for every file, 1 if one could not be read, 2 for a wrong call.
`;

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
    return complain(`${messageOf(error)}\n\n${usage}`, 2);
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
    return complain(`The passphrase file could not be read: ${messageOf(error)}\n`, 2);
  }
  return inspectAll(positionals, passphrase, values.json ?? false);
}

async function inspectAll(
  paths: readonly string[],
  passphrase: Uint8Array | undefined,
  asJson: boolean,
): Promise<number> {
  let status = 0;
  for (const path of paths) {
    for await (const { reading, place, isRead } of readPath(path, passphrase)) {
      const inspection = { file: path, ...place, ...describeReading(reading) };
      if (!isRead) status = complain(`${cleanText(`${path}: ${inspection.reason}`)}\n`, 1);
      process.stdout.write(asJson ? `${JSON.stringify(inspection)}\n` : forPerson(inspection, reading));
    }
  }
  return status;
}

interface FoundKey {
  readonly reading: KeyReading;
  readonly place: KeyPlace | null;
  readonly isRead: boolean;
}

async function* readPath(path: string, passphrase: Uint8Array | undefined): AsyncGenerator<FoundKey> {
  try {
    const { content } = await openKeyFile(resolvePath(path));
    for await (const { reading, place } of readKeys(content, passphrase)) {
      reading.privateKey?.agentForm.fill(0);
      yield { reading, place, isRead: true };
    }
    content.fill(0);
  } catch (error) {
    const isRead = error instanceof KeyFailure;
    const failure = isRead ? error : new KeyFailure('not-a-key', `The file could not be read: ${messageOf(error)}`);
    yield { reading: { facts: {}, failure }, place: null, isRead };
  }
}

function forPerson(
  inspection: KeyInspection & Partial<KeyPlace> & { readonly file: string },
  { facts }: KeyReading,
): string {
  const { file, index, line, verdict, reason, type, bits, comment, sha256, md5, kind, format, encrypted } = inspection;
  const name = index === undefined ? file : `${file}, key ${index} (line ${line})`;
  const form = [kind, format, encrypted ? 'encrypted' : null].filter(Boolean).join(', ');
  const key = [type, bits === null ? null : `${bits} bits`, comment].filter(Boolean).join(' · ');
  const picture = facts.publicKey ? drawRandomart(facts.publicKey, kind === 'certificate') : null;
  return `${[`${cleanText(name)}: ${verdict}`, reason, key, form, sha256, md5, picture].filter(Boolean).join('\n')}\n\n`;
}

/** Without its line end: editors add one. Bytes, as a passphrase need not be UTF-8. */
async function firstLineOf(path: string): Promise<Uint8Array> {
  const { content } = await openKeyFile(resolvePath(path), 'passphrase');
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
