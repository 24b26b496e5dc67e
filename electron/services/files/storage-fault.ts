import { AppError } from '../../../shared/contract/errors.ts';
import type { ErrorReason } from '../../../shared/contract/errors.ts';
import { nativeText } from '../core/native-text.ts';

const reasons: Readonly<Record<string, ErrorReason>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'folder-read-only',
  EACCES: 'folder-read-only',
  EPERM: 'folder-read-only',
  // Another program holds it: a virus scanner, a backup.
  EBUSY: 'file-in-use',
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

/** Why the app cannot start on `folder`, or a file in it, and what to do: one line for the person who started it. */
export function explainStorageFault(error: unknown, folder: string): string {
  const { details, cause } = toStorageFault(error);
  const code = systemCode(cause) ?? nativeText('storage.unknownCause');
  const place = cause instanceof Error && 'path' in cause ? String(cause.path) : folder;
  if (details.reason === 'disk-full') return nativeText('storage.diskFull', { folder });
  if (details.reason === 'folder-read-only') return nativeText('storage.readOnly', { folder });
  if (code === 'ENOTDIR' || code === 'EEXIST') return nativeText('storage.noFolder', { place });
  // Reading a folder as a file names no path.
  if (code === 'EISDIR') return nativeText('storage.folderForFile', { folder });
  return nativeText('storage.unusable', { folder, code });
}
