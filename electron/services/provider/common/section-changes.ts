import { createHash } from 'node:crypto';
import { AppError } from '../../../../shared/contract/errors.ts';

/** Errors: AppError invalid-request (locked), of a change of what is not among `known`. */
export function refuseOthers(changes: object, known: readonly string[] = []): void {
  const names = Object.keys(changes).filter((name) => !known.includes(name));
  if (names.length === 0) return;
  const fields = Object.fromEntries(names.map((name) => [name, { code: 'locked' as const }]));
  throw new AppError('invalid-request', { fields });
}

/** Of a service that names no states: a hash of what the app shows of one. */
export function revisionOf(...shown: readonly (string | null | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url');
}
