import { app } from 'electron';
import { AppError } from '../../shared/contract/errors.ts';
import { nativeText } from '../services/core/native-text.ts';
import { explainStorageFault } from '../services/files/storage-fault.ts';
import type { Log } from '../services/ports.ts';
import { explainAndEnd } from './explain-and-end.ts';
import { serviceNames } from './ports/utility-child.ts';

const ourNames: readonly string[] = Object.values(serviceNames);

/** After an error that nobody caught the state is unknown: it is logged, told, and the app ends. */
export function watchFaults(log: Log): void {
  process.on('uncaughtException', (error) => endWith(nativeText('app.mustClose'), error, log));
  process.on('unhandledRejection', (reason) => log.error('unhandled rejection', reason));
  app.on('child-process-gone', (_event, { type, name = '', reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    // Ours are ended by us; who waits for one that was not tells of it.
    const isEndedByUs = reason === 'killed' && ourNames.includes(name);
    log[isEndedByUs ? 'info' : 'warn']('a child process ended', { type, name, reason, exitCode });
  });
}

/** Logs the cause, shows `message` with what to do about it, and ends the app at once. */
export function endWith(message: string, cause: unknown, log: Log): void {
  log.error(message, cause);
  explainAndEnd(message, whatToDo(cause));
}

function whatToDo(cause: unknown): string {
  if (cause instanceof AppError && cause.code === 'storage-fault') {
    return nativeText('app.dataNotKept', { why: explainStorageFault(cause, app.getPath('userData')) });
  }
  return nativeText('app.causeInLogs', { folder: app.getPath('logs') });
}
