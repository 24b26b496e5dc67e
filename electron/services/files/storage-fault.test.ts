import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { systemCode, toStorageFault } from './storage-fault.ts';

const systemError = (code: string): Error =>
  Object.assign(new Error(`${code}: what the system says, /a/path`), { code });

describe('D5 storage faults', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EROFS', 'folder-read-only'],
    ['EACCES', 'folder-read-only'],
    ['EPERM', 'folder-read-only'],
    ['EIO', undefined],
  ])('%s is told as %s', (code, reason) => {
    const fault = toStorageFault(systemError(code));
    expect(fault.toShape()).toEqual(reason ? { code: 'storage-fault', reason } : { code: 'storage-fault' });
  });

  it('keeps the cause for the log, and an error that is already ours', () => {
    const cause = systemError('EIO');
    expect(toStorageFault(cause).cause).toBe(cause);
    const ours = new AppError('conflict');
    expect(toStorageFault(ours)).toBe(ours);
  });

  it('finds no errno name in what is no system error', () => {
    expect(systemCode(new Error('x'))).toBeUndefined();
    expect(systemCode({ code: 'ENOENT' })).toBeUndefined();
  });
});
