import { fromLatin1 } from '../encoding/text.ts';
import type { KeyFacts } from '../key.ts';
import { DamagedKey, UnsupportedKey } from '../problem.ts';
import { readBase64Key } from './public-key.ts';

export const rfc4716Beginning = '---- BEGIN SSH2 ';

/** RFC 4716: "SSH2" public keys. `text` starts at its first line. */
export function readRfc4716(text: string, facts: KeyFacts): void {
  if (text.startsWith('---- BEGIN SSH2 ENCRYPTED')) {
    // It says so of those in the clear too.
    facts.kind = 'private';
    throw new UnsupportedKey({ code: 'ssh-com-key' });
  }
  Object.assign(facts, { kind: 'public', format: 'rfc4716', isEncrypted: false } satisfies KeyFacts);
  const end = text.indexOf('---- END SSH2 PUBLIC KEY');
  if (end < 0) throw new DamagedKey('last-line-missing', 'end-of-file');
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
  readBase64Key(lines.slice(at).join('\n'), facts);
}

function noteComment(header: string, facts: KeyFacts): void {
  const colon = header.indexOf(':');
  if (header.slice(0, colon).trim().toLowerCase() !== 'comment') return;
  const value = header.slice(colon + 1).trim();
  facts.comment = fromLatin1(/^".*"$/.test(value) ? value.slice(1, -1) : value);
}
