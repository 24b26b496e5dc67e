import { chmodSync, closeSync, constants, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readPlainFile } from '../electron/services/files/plain-file.ts';
import { StartError, temporaryFolderError } from './start-error.ts';

// One copy per data folder. The operating system holds the lock (SQLite's, on an empty file in the folder) and drops
// it with the process, however that ends, so there is no stale lock to judge. A local socket in the run's private
// folder only carries a later copy's question "where are you?"; the answer may let a page in, so it stays off the disk.

/** Where a running copy can be used: in a window that is open now, or by a link that is good once. */
export type Whereabouts = { readonly kind: 'window' } | { readonly kind: 'link'; readonly url: string };

export interface Instance {
  /** Tells every later copy what `show` gives for its wish. `runFolder` must be this person's alone. */
  answerLaterCopies(runFolder: string, show: (wish: Whereabouts['kind']) => Promise<Whereabouts>): Promise<void>;
  release(): Promise<void>;
}

/** Of the private temporary folder that each run has. */
export const runFolderPrefix = 'profile-desk-run-';

/** Bytes. */
const longestPath = 4_096;

/** What a later copy gets before the answer. */
const heard = '\n';

/** https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/** The claim on a data folder, or undefined if another copy has it. Errors: StartError if there can be no lock. */
export function claimInstance(dataFolder: string): Instance | undefined {
  const lock = takeLock(join(dataFolder, 'instance.lock'));
  if (!lock) return undefined;
  const server = createServer();
  return {
    async answerLaterCopies(runFolder, show) {
      server.on('connection', (socket) => {
        socket.on('error', () => socket.destroy());
        socket.setEncoding('utf8').once('data', (wish: string) => {
          // At once, since a window may take its time.
          socket.write(heard);
          void show(wish === 'link' ? 'link' : 'window').then((where) =>
            socket.end(where.kind === 'link' ? where.url : 'window'),
          );
        });
      });
      removeDeadRun(dataFolder);
      const path = socketPath(runFolder);
      await new Promise<void>((resolve, reject) => {
        server.once('error', (error) => reject(temporaryFolderError(error, runFolder)));
        server.listen(path, resolve);
      });
      const file = join(dataFolder, 'instance.socket');
      // Not into what somebody else put there.
      rmSync(file, { force: true });
      writeFileSync(file, path, { mode: 0o600, flag: 'wx' });
    },
    async release() {
      rmSync(join(dataFolder, 'instance.socket'), { force: true });
      if (server.listening) await new Promise((resolve) => server.close(resolve));
      lock.close();
    },
  };
}

function takeLock(file: string): DatabaseSync | undefined {
  let lock: DatabaseSync | undefined;
  try {
    makePrivate(file);
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined;
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(
      'storage',
      `${file} can not be locked (${why}): move it away, or choose another data folder with --data-dir`,
    );
  }
}

/** SQLite would make it readable to all, and who can read it can hold a lock on it: then the app would say that it runs already. */
function makePrivate(file: string): void {
  try {
    // Of what is no file here SQLite tells.
    closeSync(openSync(file, constants.O_WRONLY | constants.O_CREAT | (constants.O_NONBLOCK ?? 0), 0o600));
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  } catch {
    return;
  }
}

/**
 * Asks the copy that has the folder where it can be used; undefined if it does not say.
 * Milliseconds: `deadlineMs` for a first sign of it, `patienceMs` from then on, since it may open a window.
 */
export function askFirstCopy(
  dataFolder: string,
  wish: Whereabouts['kind'],
  deadlineMs = 2_000,
  patienceMs = 25_000,
): Promise<Whereabouts | undefined> {
  return new Promise((resolve) => {
    const socket = connect(readSocketPath(dataFolder));
    const finish = (answer: string) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(readWhereabouts(answer.trim()));
    };
    let timer = setTimeout(finish, deadlineMs, '');
    let answer = '';
    socket.setEncoding('utf8').write(wish);
    socket.once('data', () => {
      clearTimeout(timer);
      timer = setTimeout(finish, patienceMs, '');
    });
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('end', () => finish(answer));
    socket.on('error', () => finish(''));
  });
}

function readWhereabouts(answer: string): Whereabouts | undefined {
  if (answer === 'window') return { kind: 'window' };
  return answer ? { kind: 'link', url: answer } : undefined;
}

function readSocketPath(dataFolder: string): string {
  // The first copy is still starting; connecting to a path that is not there gives the same answer.
  const none = join(dataFolder, 'no-socket-yet');
  try {
    return readPlainFile(join(dataFolder, 'instance.socket'), longestPath)?.toString() ?? none;
  } catch {
    return none;
  }
}

/** A run that was killed could not remove its folder; its socket still names it, and we hold the lock it had. */
function removeDeadRun(dataFolder: string): void {
  const folder = dirname(readSocketPath(dataFolder));
  if (dirname(folder) === tmpdir() && basename(folder).startsWith(runFolderPrefix))
    rmSync(folder, { recursive: true, force: true });
}

function socketPath(runFolder: string): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\${basename(runFolder)}` : join(runFolder, 'instance.sock');
}
