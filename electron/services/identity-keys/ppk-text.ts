import { decodeBase64 } from './base64-bytes.ts';
import { DamagedKey } from './key-failure.ts';

/** A PuTTY private key file: "Name: value" lines, two of which announce lines of base64. */
export interface PpkText {
  /** Undefined if the file does not have the line. Latin-1: one character is one byte. */
  header(name: string): string | undefined;
  /** Errors: DamagedKey. */
  neededHeader(name: string): string;
  /** A whole number from 0. Errors: DamagedKey. */
  neededNumber(name: string): number;
  /** The base64 after "Public-Lines" or "Private-Lines", decoded. Errors: DamagedKey. */
  lines(name: 'Public-Lines' | 'Private-Lines'): Uint8Array;
}

const mostLines = 20_000;

/** Private lines are not turned into strings. Errors: DamagedKey. */
export function readPpkText(file: Buffer): PpkText {
  const headers = new Map<string, string>();
  const bodies = new Map<string, Uint8Array>();
  let at = 0;
  while (at < file.length) {
    const end = lineEnd(file, at);
    const colon = file.subarray(at, end).indexOf(':');
    if (colon < 0 && end > at && file.toString('latin1', at, end).trim() !== '') throw new DamagedKey('a line has no name', `byte ${at} of the file`);
    const name = file.toString('latin1', at, at + Math.max(0, colon));
    if (colon >= 0) headers.set(name, file.toString('latin1', at + colon + 1, end).replace(/^ /, ''));
    at = nextLine(file, end);
    if (!name.endsWith('-Lines')) continue;
    const count = Number(headers.get(name));
    if (!Number.isInteger(count) || count < 0 || count > mostLines) throw new DamagedKey('a number of lines makes no sense', `byte ${at} of the file`);
    const start = at;
    for (let line = 0; line < count; line += 1) at = nextLine(file, lineEnd(file, at));
    bodies.set(name, file.subarray(start, at));
  }
  return access(headers, bodies);
}

function access(headers: ReadonlyMap<string, string>, bodies: ReadonlyMap<string, Uint8Array>): PpkText {
  const needed = (name: string): string => {
    const value = headers.get(name);
    if (value === undefined) throw new DamagedKey(`the line "${name}" is missing`, 'the file');
    return value;
  };
  return {
    header: (name) => headers.get(name),
    neededHeader: needed,
    neededNumber(name) {
      const text = needed(name).trim();
      if (!/^\d{1,10}$/.test(text)) throw new DamagedKey('it is no number', `the line "${name}"`);
      return Number(text);
    },
    lines(name) {
      needed(name);
      return decodeBase64(bodies.get(name) ?? new Uint8Array(), name === 'Public-Lines' ? 'the public part' : 'the private part');
    },
  };
}

function lineEnd(file: Buffer, from: number): number {
  let at = from;
  while (at < file.length && file[at] !== 0x0a && file[at] !== 0x0d) at += 1;
  return at;
}

function nextLine(file: Buffer, end: number): number {
  return file[end] === 0x0d && file[end + 1] === 0x0a ? end + 2 : end + 1;
}
