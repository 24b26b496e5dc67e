import { decodeBase64 } from './base64-bytes.ts';
import { fromLatin1 } from './comment-text.ts';
import { DamagedKey, KeyFailure, UnsupportedKey } from './key-failure.ts';
import { notePublicPart, type KeyFacts } from './key-facts.ts';
import { findKeyLine, type KeyLine } from './origin/key-line.ts';
import { isKnownType, readPublicBlob, typeOfName } from './public-key.ts';

/**
 * The first key of a file with one-line public keys: `.pub`, `authorized_keys` and `known_hosts` (what stands before the key is passed
 * over, as are lines without a key). Errors: KeyFailure, `not-a-key` if no line looks like one.
 */
export function readPublicLine(text: string, facts: KeyFacts): void {
  let isBroken = false;
  let passedOver: KeyLine | undefined;
  for (const line of text.split(/\r\n|\r|\n/, 10_000)) {
    if (line === '' || line.startsWith('#')) continue;
    const found = findKeyLine(line);
    if (found?.isPassedOver) passedOver ??= found;
    else if (found) {
      const { type, base64, comment, origin } = found;
      Object.assign(facts, {
        kind: 'public',
        format: 'openssh-public',
        isEncrypted: false,
        ...(comment ? { comment: fromLatin1(comment) } : {}),
        ...(origin && { stated: origin }),
      } satisfies KeyFacts);
      return readBlob(base64, facts, type);
    }
    isBroken ||= isKnownType(line.trim().split(/[ \t]/, 1)[0] ?? '');
  }
  if (passedOver) refusePassedOver(passedOver, facts);
  if (!isBroken) throw new KeyFailure('not-a-key', 'There is no SSH key in this file.');
  Object.assign(facts, { kind: 'public', format: 'openssh-public' } satisfies KeyFacts);
  throw new DamagedKey('no key follows its type', 'a line');
}

/** Nothing more is said of it: no other program would take it for a key. Errors: UnsupportedKey. */
function refusePassedOver({ type, origin }: KeyLine, facts: KeyFacts): never {
  Object.assign(facts, {
    kind: 'public',
    format: 'openssh-public',
    type,
    ...(origin && { stated: origin }),
  } satisfies KeyFacts);
  throw new UnsupportedKey(
    origin === 'signers'
      ? 'This line says whose signatures are believed (allowed_signers). It is no key to be added.'
      : 'This line marks an authority, or a revoked key, of servers (known_hosts). It is no key to be added.',
  );
}

export const rfc4716Beginning = '---- BEGIN SSH2 ';

/** RFC 4716: "SSH2" public keys. `text` starts at its first line. */
export function readRfc4716(text: string, facts: KeyFacts): void {
  if (text.startsWith('---- BEGIN SSH2 ENCRYPTED')) {
    // It says so of those in the clear too.
    facts.kind = 'private';
    throw new UnsupportedKey('Private keys in the form of ssh.com are not supported here.');
  }
  Object.assign(facts, { kind: 'public', format: 'rfc4716', isEncrypted: false } satisfies KeyFacts);
  const end = text.indexOf('---- END SSH2 PUBLIC KEY');
  if (end < 0) throw new DamagedKey('its last line is missing', 'end of the file');
  const lines = text
    .slice(0, end)
    .split(/\r\n|\r|\n/)
    .slice(1);
  let at = 0;
  for (; lines[at]?.includes(':'); at += 1) {
    const parts = [lines[at] ?? ''];
    // Each line but the last of a header ends with a backslash.
    while (parts.at(-1)?.endsWith('\\') && at + 1 < lines.length) parts.push(lines[(at += 1)] ?? '');
    noteComment(parts.map((part) => part.replace(/\\$/, '')).join(''), facts);
  }
  readBlob(lines.slice(at).join('\n'), facts);
}

function noteComment(header: string, facts: KeyFacts): void {
  const colon = header.indexOf(':');
  if (header.slice(0, colon).trim().toLowerCase() !== 'comment') return;
  const value = header.slice(colon + 1).trim();
  facts.comment = fromLatin1(/^".*"$/.test(value) ? value.slice(1, -1) : value);
}

function readBlob(base64: string, facts: KeyFacts, expectedType?: string): void {
  const part = readPublicBlob(decodeBase64(base64, 'the public part'), 'the public part');
  if (expectedType !== undefined && part.type !== typeOfName(expectedType))
    throw new DamagedKey('the type in front is not that of the key', 'line 1');
  notePublicPart(facts, part);
}
