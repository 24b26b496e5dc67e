import { AppError } from '../shared/contract/errors.ts';
import { explainStorageFault } from '../electron/services/files/storage-fault.ts';

/** Exit codes, so that scripts can tell the causes apart. 3 is free for tools that treat it as "already running". */
const exitCodes = { usage: 2, storage: 4, port: 5, build: 6 } as const;

/** Why the app did not start, in one line for the person at the terminal. */
export class StartError extends Error {
  readonly exitCode: number;

  constructor(kind: keyof typeof exitCodes, message: string) {
    super(message);
    this.name = 'StartError';
    this.exitCode = exitCodes[kind];
  }
}

/**
 * What the disk refused, as a line for the person at the terminal; any other error is a fault of ours and stays as it
 * is.
 */
export function toStartError(error: unknown, dataFolder: string): unknown {
  const isOfDisk =
    error instanceof AppError ? error.code === 'storage-fault' : error instanceof Error && 'syscall' in error;
  return isOfDisk ? new StartError('storage', explainStorageFault(error, dataFolder)) : error;
}
