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

/** Errors: DamagedKey. */
export function readPpkText(file: string): PpkText {
  const text = withLineFeeds(file);
  const headers = new Map<string, string>();
  const bodies = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    const start = at;
    const end = lineEnd(text, at);
    const line = text.slice(start, end);
    at = end + 1;
    const [, name, value = ''] = /^([A-Za-z0-9-]{1,40}): ?(.*)$/s.exec(line) ?? [];
    if (name === undefined && line.trim() !== '')
      throw new DamagedKey('a line has no name', `byte ${start} of the file`);
    if (name === undefined) continue;
    headers.set(name, value);
    if (!name.endsWith('-Lines')) continue;
    const count = Number(value);
    if (!Number.isInteger(count) || count < 0 || count > mostLines)
      throw new DamagedKey('a number of lines makes no sense', `byte ${start} of the file`);
    const body = at;
    for (let number = 0; number < count; number += 1) at = lineEnd(text, at) + 1;
    bodies.set(name, text.slice(body, at));
  }
  return access(headers, bodies);
}

function access(headers: ReadonlyMap<string, string>, bodies: ReadonlyMap<string, string>): PpkText {
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
      return decodeBase64(bodies.get(name) ?? '', name === 'Public-Lines' ? 'the public part' : 'the private part');
    },
  };
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
