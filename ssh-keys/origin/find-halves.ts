import { sha256Fingerprint } from '../fingerprint.ts';
import { openKeyFile } from '../key-file.ts';
import { KeyFailure } from '../problem.ts';
import { type ParsedKey, parseKey, withoutMark } from '../read.ts';
import { splitKeys } from '../split.ts';

const maxKeys = 100;
const looksPrivate = /PRIVATE KEY-----|^\s*PuTTY-User-Key-File-/;

/**
 * Fingerprints (SHA-256) of the keys whose private halves lie in these files, as far as the files tell without a
 * passphrase; where one does not, its `.pub` file beside it tells, which `ssh` believes as well. For a worker: it reads
 * the files one after another, and wipes what it read. Files that cannot be read hold none.
 */
export async function findHalvesIn(paths: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const path of paths) {
    const keys = await parseFile(path, looksPrivate);
    for (const key of keys) {
      key.privateKey?.agentForm.fill(0);
      const publicKey = key.facts.kind === 'private' && (key.facts.publicKey ?? (await readPublicBeside(path)));
      if (publicKey) found.add(sha256Fingerprint(publicKey));
    }
  }
  return found;
}

async function readPublicBeside(path: string) {
  const [key] = await parseFile(`${path}.pub`, /\S/);
  return key?.facts.kind === 'public' ? key.facts.publicKey : undefined;
}

/** All keys of a file that looks like `form`; none if it cannot be read. */
async function parseFile(path: string, form: RegExp): Promise<ParsedKey[]> {
  const content = await readIfFile(path);
  if (!content) return [];
  const file = withoutMark(content);
  try {
    if (!form.test(file.toString('latin1'))) return [];
    return splitKeys(file, maxKeys).flatMap(({ content: part }) => {
      const first = parseKey(part);
      const others = Array.from({ length: (first.facts.count ?? 1) - 1 }, (_, at) => parseKey(part, at + 1));
      return [first, ...others];
    });
  } finally {
    file.fill(0);
    content.fill(0);
  }
}

async function readIfFile(path: string): Promise<Uint8Array | undefined> {
  try {
    return (await openKeyFile(path)).content;
  } catch (error) {
    if (error instanceof KeyFailure || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}
