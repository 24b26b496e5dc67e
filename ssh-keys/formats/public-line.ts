import { fromLatin1 } from '../encoding/text.ts';
import type { KeyFacts } from '../key.ts';
import { originOfPrefix, type StatedOrigin } from '../origin/stated-origin.ts';
import { DamagedKey, KeyFailure, UnsupportedKey } from '../problem.ts';
import { isKnownType, isTypeName, readBase64Key } from './public-key.ts';

/**
 * The first key of a file with one-line public keys: `.pub`, `authorized_keys` and `known_hosts` (what stands before
 * the key is passed over, as are lines without a key). Errors: KeyFailure, `not-a-key` if no line looks like one.
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
      return readBase64Key(base64, facts, type);
    }
    isBroken ||= isKnownType(line.trim().split(/[ \t]/, 1)[0] ?? '');
  }
  if (passedOver) refusePassedOver(passedOver, facts);
  if (!isBroken) throw new KeyFailure('not-a-key', { code: 'no-key' });
  Object.assign(facts, { kind: 'public', format: 'openssh-public' } satisfies KeyFacts);
  throw new DamagedKey('no-key-after-type', 'a-line');
}

/** Nothing more is said of it: no other program would take it for a key. Errors: UnsupportedKey. */
function refusePassedOver({ type, origin }: KeyLine, facts: KeyFacts): never {
  Object.assign(facts, {
    kind: 'public',
    format: 'openssh-public',
    type,
    ...(origin && { stated: origin }),
  } satisfies KeyFacts);
  throw new UnsupportedKey({ code: origin === 'signers' ? 'signers-line' : 'known-hosts-line' });
}

export interface KeyLine {
  readonly type: string;
  readonly base64: string;
  readonly comment: string | undefined;
  /** Whose key it is by what stands in front of it; null if nothing does. */
  readonly origin: StatedOrigin | null;
  /** It stands where `ssh-keygen -l` and sshd find no key. */
  readonly isPassedOver: boolean;
}

type FoundKey = Pick<KeyLine, 'type' | 'base64' | 'comment'>;

const maxLineLength = 100_000;

/**
 * What stands on a line that looks like a public key's; not whether it is one. Found as OpenSSH finds it
 * (`sshkey_read`,
 * `sshkey_advance_past_options`): at the beginning, else behind one word, in which blanks can stand between quotes.
 * Beyond that, behind the markers of known_hosts and the options of allowed_signers, which `ssh-keygen -l` passes over:
 * those are told of here.
 */
export function findKeyLine(line: string): KeyLine | undefined {
  if (line.length > maxLineLength) return undefined;
  const end = line.indexOf('\0');
  // As C has it.
  const text = end < 0 ? line : line.slice(0, end);
  const start = skipBlanks(text, 0);
  if (text[start] === '#') return undefined;
  const bare = readKeyAt(text, start);
  if (bare) return { ...bare, origin: null, isPassedOver: false };
  const [first, second] = wordsAt(text, start);
  // A number was the size of a key of SSH version 1.
  if (!first || isNumber(first.text)) return undefined;
  const behind = readKeyAt(text, first.next);
  if (behind) return { ...behind, origin: originOfPrefix(first.text), isPassedOver: false };
  const isMarker = first.text.startsWith('@');
  if (!second || !(isMarker || isSignersOption(second.text))) return undefined;
  const farther = readKeyAt(text, second.next);
  return farther && { ...farther, origin: isMarker ? 'known-hosts' : 'signers', isPassedOver: true };
}

interface Word {
  readonly text: string;
  /** Where what follows begins. */
  readonly next: number;
}

/** The first two words, as far as there are any. */
function wordsAt(text: string, start: number): readonly Word[] {
  const words: Word[] = [];
  for (let at = start; words.length < 2;) {
    const end = endOfWord(text, at);
    if (end === undefined || end === at) break;
    const next = skipBlanks(text, end);
    words.push({ text: text.slice(at, end), next });
    at = next;
  }
  return words;
}

/** Type, base64, comment. Every blob starts with a length under 256, so its base64 with AAAA. */
function readKeyAt(text: string, at: number): FoundKey | undefined {
  const typeEnd = endOfText(text, at);
  const keyStart = skipBlanks(text, typeEnd);
  if (keyStart === typeEnd || !text.startsWith('AAAA', keyStart)) return undefined;
  const type = text.slice(at, typeEnd);
  if (!isTypeName(type)) return undefined;
  const keyEnd = endOfText(text, keyStart);
  const comment = text.slice(keyEnd).trim();
  return { type, base64: text.slice(keyStart, keyEnd), comment: comment === '' ? undefined : comment };
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text[at])) at += 1;
  return at;
}

function endOfText(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isBlank(text[at])) at += 1;
  return at;
}

/** Blanks between quotes belong to the word. Undefined if a quote stays open. */
function endOfWord(text: string, from: number): number | undefined {
  let isQuoted = false;
  let at = from;
  for (; at < text.length && (isQuoted || !isBlank(text[at])); at += 1) {
    if (text[at] === '\\' && text[at + 1] === '"') at += 1;
    else if (text[at] === '"') isQuoted = !isQuoted;
  }
  return isQuoted ? undefined : at;
}

function isNumber(word: string): boolean {
  return /^[+-]?\d+$/.test(word) && Number(word) !== 0;
}

/** ALLOWED SIGNERS in ssh-keygen(1). */
function isSignersOption(word: string): boolean {
  return /^(?:cert-authority\b|(?:namespaces|valid-after|valid-before)=)/i.test(word);
}
