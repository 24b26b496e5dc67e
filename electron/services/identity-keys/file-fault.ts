import { KeyFailure } from './key-failure.ts';

/** Why a file could not be read, in one sentence for a person. */
export function faultOf(error: unknown): string {
  if (error instanceof KeyFailure) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'There is no such file: it was removed, or the link leads nowhere.';
    case 'EACCES':
    case 'EPERM':
      return 'You may not read this file.';
    case 'ELOOP':
      return 'The link leads back to itself.';
    default:
      return 'The file could not be read.';
  }
}
