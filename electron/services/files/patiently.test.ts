import { describe, expect, it } from 'vitest';
import { patiently } from './patiently.ts';
import { toStorageFault } from './storage-fault.ts';

const fault = (code: string) => Object.assign(new Error(code), { code });

/** A rename that fails so often, as under a virus scanner. */
function failing(code: string, times: number) {
  let tries = 0;
  const act = async () => {
    tries += 1;
    if (tries <= times) throw fault(code);
    return 'renamed';
  };
  return { act, tries: () => tries };
}

describe('K3 · a file that somebody else holds for a moment', () => {
  it.each(['EPERM', 'EBUSY', 'EACCES'])('is renamed once %s is over', async (code) => {
    const { act, tries } = failing(code, 3);
    expect(await patiently(act)).toBe('renamed');
    expect(tries()).toBe(4);
  });

  it('is given up after about a second, and what the system said is told', async () => {
    const { act, tries } = failing('EBUSY', 1_000);
    const before = performance.now();
    const error: unknown = await patiently(act).catch((reason: unknown) => reason);
    expect(performance.now() - before).toBeGreaterThan(900);
    expect(tries()).toBe(8);
    expect(toStorageFault(error)).toMatchObject({ details: { reason: 'file-in-use' }, cause: { code: 'EBUSY' } });
  });

  it.each(['ENOSPC', 'EROFS', 'ENOENT', 'EIO'])('is not tried again for %s', async (code) => {
    const { act, tries } = failing(code, 1);
    await expect(patiently(act)).rejects.toMatchObject({ code });
    expect(tries()).toBe(1);
  });
});
