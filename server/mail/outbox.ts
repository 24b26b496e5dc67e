import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { readPlainFile } from '../database/plain-file.ts';
import { readMessage, writeMessage, type Mail, type SentMail } from './message.ts';

/** Older mails go when there are more. */
const maxMails = 200;
/** Bytes. */
const largestMail = 100_000;

/** Where this server's mails go instead of to a mail server: a folder with one message in each file. */
export interface Outbox {
  /** Sends nothing if it sent a mail under this `id` already. Errors: those of the file system. */
  send(mail: Mail, id?: string): void;
  /** As much work as sending it, and no mail: for whoever must not learn whether one was sent. */
  pretend(mail: Mail): void;
  /** Newest first. */
  list(): SentMail[];
}

/** A process that was killed leaves a mail half-written; it may hold a link that opens the account. */
function removeUnfinished(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.endsWith('.part')) rmSync(join(folder, name), { force: true });
}

/** Undefined for what this server did not put there: a link, a pipe, a huge file. */
function readMail(path: string): SentMail | undefined {
  let message: Buffer | undefined;
  try {
    message = readPlainFile(path, largestMail);
  } catch {
    return undefined;
  }
  return message && readMessage(message.toString());
}

/** `folder` is made with the first mail, for its owner alone: mails hold links that open the account. */
export function createOutbox(folder: string, clock: Clock): Outbox {
  removeUnfinished(folder);
  let sent = 0;

  /** By name, so by time and then by order. */
  function names(): string[] {
    try {
      return readdirSync(folder)
        .filter((name) => name.endsWith('.eml'))
        .sort()
        .reverse();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  /** Gives the file under its unfinished name, for `finish`; nothing if it was sent already. */
  function write(mail: Mail, id: string, finish: (unfinished: string, file: string) => void): void {
    const message = writeMessage({ ...mail, sentAt: clock.now() });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (names().some((name) => name.endsWith(`-${id}.eml`))) return;
    const order = String((sent += 1)).padStart(6, '0');
    const file = join(folder, `${new Date(clock.now()).toISOString().replaceAll(':', '-')}-${order}-${id}.eml`);
    const unfinished = `${file}.part`;
    writeFileSync(unfinished, message, { mode: 0o600, flag: 'wx', flush: true });
    finish(unfinished, file);
    for (const old of names().slice(maxMails)) rmSync(join(folder, old), { force: true });
  }

  return {
    send(mail, id = randomUUID()) {
      write(mail, id, renameSync);
    },
    pretend(mail) {
      write(mail, randomUUID(), (unfinished) => {
        rmSync(unfinished);
      });
    },
    list: () => names().flatMap((name) => readMail(join(folder, name)) ?? []),
  };
}
