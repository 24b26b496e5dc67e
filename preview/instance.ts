import { chmodSync, closeSync, constants, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError, temporaryFolderError } from './start-error.ts';

// One copy per data folder. The operating system holds the lock (SQLite's, on an empty file in the folder) and drops
// it with the process, however that ends, so there is no stale lock to judge. A local socket in the run's private
// folder only carries a later copy's question "where are you?"; the address itself holds the token and stays off the disk.

export interface Instance {
  /** Answers every later copy with what `address` gives. `runFolder` must be this person's alone. */
  answerLaterCopies(runFolder: string, address: () => string): Promise<void>;
  release(): Promise<void>;
}

/** Of the private temporary folder that each run has. */
export const runFolderPrefix = 'profile-desk-run-';

/** https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/** The claim on a data folder, or undefined if another copy has it. Errors: StartError if there can be no lock. */
export function claimInstance(dataFolder: string): Instance | undefined {
  const lock = takeLock(join(dataFolder, 'instance.lock'));
  if (!lock) return undefined;
  const server = createServer();
  return {
    async answerLaterCopies(runFolder, address) {
      server.on('connection', (socket) => {
        socket.on('error', () => socket.destroy());
        socket.end(address());
      });
      removeDeadRun(dataFolder);
      const path = socketPath(runFolder);
      await new Promise<void>((resolve, reject) => {
        server.once('error', (error) => reject(temporaryFolderError(error, runFolder)));
        server.listen(path, resolve);
      });
      writeFileSync(join(dataFolder, 'instance.socket'), path, { mode: 0o600 });
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

/** Asks the copy that has the folder for its address; undefined if it does not answer within the deadline. */
export function askFirstCopy(dataFolder: string, deadlineMs = 2_000): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(readSocketPath(dataFolder));
    const finish = (answer: string | undefined) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => finish(undefined), deadlineMs);
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('end', () => finish(answer || undefined));
    socket.on('error', () => finish(undefined));
  });
}

function readSocketPath(dataFolder: string): string {
  try {
    return readFileSync(join(dataFolder, 'instance.socket'), 'utf8');
  } catch {
    // The first copy is still starting; connecting to a path that is not there gives the same answer.
    return join(dataFolder, 'no-socket-yet');
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
