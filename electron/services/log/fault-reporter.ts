import { randomBytes } from 'node:crypto';
import type { Log } from '../ports.ts';

/**
 * The dispatcher's `report`: keeps the cause of an unexpected error in the log and returns the reference
 * that the screen shows (8 hexadecimal digits) and that finds it there.
 */
export function createFaultReporter(log: Log): (channel: string, cause: unknown) => string {
  return (channel, cause) => {
    const reference = randomBytes(4).toString('hex');
    log.error('unexpected error in a call', cause, { channel, reference });
    return reference;
  };
}
