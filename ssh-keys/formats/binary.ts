import { derLength } from '../encoding/der.ts';
import type { KeyFacts } from '../key.ts';
import { KeyFailure, UnsupportedKey } from '../problem.ts';
import { isKnownType, readPublicBlob } from './public-key.ts';

/** Says what a file is that is no text, where it is known here. Errors: UnsupportedKey. */
export function refuseBinaryKey(file: Buffer, facts: KeyFacts): void {
  if (isDer(file)) throw new UnsupportedKey({ code: 'binary-der' });
  const type = leadingType(file);
  if (type === undefined) return;
  facts.type = type;
  if (isPublicBlob(file)) {
    facts.kind = 'public';
    throw new UnsupportedKey({ code: 'binary-public' });
  }
  facts.kind = 'private';
  throw new UnsupportedKey({ code: 'dropbear-key' });
}

/**
 * Whether a text holds NUL anywhere but at the end of a line, where it ends the line for OpenSSH: an archive holds
 * files, and is none of them.
 */
export function isBinaryText(text: string): boolean {
  for (let at = text.indexOf('\0'); at >= 0; at = text.indexOf('\0', at)) {
    while (text[at] === '\0' || text[at] === ' ' || text[at] === '\t') at += 1;
    if (at < text.length && text[at] !== '\n' && text[at] !== '\r') return true;
  }
  return false;
}

/**
 * One sequence that fills the file. A text can begin like a short one, but for the number that stands first in short
 * keys.
 */
function isDer(file: Buffer): boolean {
  return file[0] === 0x30 && ((file[1] ?? 0) > 0x80 || file[2] === 0x02) && derLength(file) === file.length;
}

/** Of a key type that stands first in SSH's own form, with its length in front, and something after it. */
function leadingType(file: Buffer): string | undefined {
  if (file.length < 8) return undefined;
  const length = file.readUInt32BE();
  if (length > 64 || file.length <= 4 + length) return undefined;
  const type = file.toString('latin1', 4, 4 + length);
  return isKnownType(type) ? type : undefined;
}

function isPublicBlob(file: Buffer): boolean {
  try {
    return readPublicBlob(file, 'file').key !== undefined;
  } catch (error) {
    if (error instanceof KeyFailure) return false;
    throw error;
  }
}
