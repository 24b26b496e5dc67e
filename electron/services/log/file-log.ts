import { appendFileSync, closeSync, constants, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Log, LogFacts } from '../ports.ts';
import { redact } from './redact.ts';

export interface FileLogOptions {
  /** Made if it is not there, readable by this person alone. */
  readonly folder: string;
  readonly clock: Clock;
  /** Bytes after which a new file begins. */
  readonly maxBytes?: number;
}

/** The newest, and two older ones: `profile-desk.log`, `profile-desk.1.log`, `profile-desk.2.log`. */
const fileNames = ['profile-desk.log', 'profile-desk.1.log', 'profile-desk.2.log'] as const;
const defaultMaxBytes = 1_000_000;
/** UTF-16 units. A server's answer may end up in an error's message: one line stays one screenful. */
const maxTextLength = 4_000;
const maxCauses = 5;

type Level = 'info' | 'warn' | 'error';

/**
 * Appends one JSON object a line, written before the call returns, so that the last line before a crash is there.
 * A log that cannot be written (disk full, folder gone) never takes the app down with it.
 */
export function createFileLog({ folder, clock, maxBytes = defaultMaxBytes }: FileLogOptions): Log {
  const paths = fileNames.map((name) => join(folder, name));
  function append(level: Level, message: string, facts: LogFacts, cause?: unknown): void {
    const entry = {
      at: new Date(clock.now()).toISOString(),
      level,
      message: shorten(message),
      ...(Object.keys(facts).length > 0 && { facts: shortenFacts(facts) }),
      ...(cause !== undefined && { causes: describeCauses(cause) }),
    };
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      rotate(paths, maxBytes);
      appendLine(paths[0] ?? '', `${JSON.stringify(entry)}\n`);
    } catch {
      // Nowhere left to say it.
    }
  }
  return {
    info: (message, facts = {}) => append('info', message, facts),
    warn: (message, facts = {}) => append('warn', message, facts),
    error: (message, cause, facts = {}) => append('error', message, facts, cause),
  };
}

/** Follows no link, and does not wait for the other end of a pipe. Windows has neither of the last two. */
const appendFlags =
  constants.O_APPEND |
  constants.O_CREAT |
  constants.O_WRONLY |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

function appendLine(path: string, line: string): void {
  const file = openSync(path, appendFlags, 0o600);
  try {
    appendFileSync(file, line);
  } finally {
    closeSync(file);
  }
}

function rotate(paths: readonly string[], maxBytes: number): void {
  const size = statSync(paths[0] ?? '', { throwIfNoEntry: false })?.size ?? 0;
  if (size < maxBytes) return;
  for (let index = paths.length - 1; index > 0; index -= 1) {
    const [from, to] = [paths[index - 1] ?? '', paths[index] ?? ''];
    if (!statSync(from, { throwIfNoEntry: false })) continue;
    try {
      renameSync(from, to);
    } catch {
      // Another program holds it: it grows a little longer.
      return;
    }
  }
}

/** Name, message and stack of an error and of its causes; never its other properties, which may hold headers. */
function describeCauses(cause: unknown): object[] {
  const found: object[] = [];
  for (let current = cause; current !== undefined && current !== null && found.length < maxCauses;) {
    if (!(current instanceof Error)) return [...found, { thrown: typeof current }];
    found.push({ name: current.name, message: shorten(current.message), stack: shorten(current.stack ?? '') });
    current = current.cause;
  }
  return found;
}

function shortenFacts(facts: LogFacts): LogFacts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? shorten(value) : value]),
  );
}

function shorten(text: string): string {
  const safe = redact(text);
  return safe.length > maxTextLength ? `${safe.slice(0, maxTextLength)}…` : safe;
}
