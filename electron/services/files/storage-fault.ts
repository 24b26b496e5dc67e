import { AppError } from '../../../shared/contract/errors.ts';
import type { ErrorReason } from '../../../shared/contract/errors.ts';

const reasons: Readonly<Record<string, ErrorReason>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'folder-read-only',
  EACCES: 'folder-read-only',
  EPERM: 'folder-read-only',
};

/** What the operating system said, as the error a person can act on; its own text stays in the cause. */
export function toStorageFault(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const reason = reasons[systemCode(error) ?? ''];
  return new AppError('storage-fault', reason ? { reason } : {}, error);
}

/** The errno name of a Node error, e.g. `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
