import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { AccountSshKeys, SshKeyFacts } from '../../../provider/account-ssh-keys.ts';
import { absentResources } from '../../../provider/absent/absent-resources.ts';
import { replaceKey } from './replace-key.ts';

const facts = {
  type: 'ssh-ed25519',
  bits: 256,
  sha256: '',
  md5: '',
  lastUsedAt: null,
  verifiedAt: null,
  revision: '1',
};

function make(id: string, title: string, publicLine = `ssh-ed25519 ${id}`): SshKeyFacts {
  return { ...facts, id, title, publicLine, addedAt: '2026-03-01T09:00:00.000Z' };
}

/** A service that takes each line once, and some titles never. */
function setUp(refusesTitles: readonly string[] = []) {
  let keys = [make('k1', 'Laptop'), make('k2', 'Desk')];
  const acts: string[] = [];
  const account: AccountSshKeys = {
    ...absentResources,
    sshKeysState: async () => ({ ...(await absentResources.sshKeysState()), canReplace: true, keys }),
    async removeSshKey(id) {
      acts.push(`remove ${id}`);
      keys = keys.filter((key) => key.id !== id);
    },
    async addSshKey(title, publicLine) {
      acts.push(`add ${title}`);
      if (refusesTitles.includes(title))
        throw new AppError('invalid-request', { fields: { title: { code: 'not-valid' } } });
      const added = make(`k${String(acts.length + 2)}`, title, publicLine);
      keys = [...keys, added];
      return added;
    },
  };
  const replace = async (id: string, title: string) => replaceKey(account, await account.sshKeysState(), id, title);
  return { account, acts, replace, titles: () => keys.map(({ title }) => title) };
}

describe('E11 R5 another title where the service renames no key', () => {
  it('is a new key with the same line', async () => {
    const { replace, titles } = setUp();
    expect(await replace('k1', 'Work laptop')).toMatchObject({ title: 'Work laptop', publicLine: 'ssh-ed25519 k1' });
    expect(titles()).toEqual(['Desk', 'Work laptop']);
  });

  it('is not given where a key would lose more than its title', async () => {
    const { account, acts } = setUp();
    const state = { ...(await account.sshKeysState()), canReplace: undefined };
    await expect(replaceKey(account, state, 'k1', 'Other')).rejects.toMatchObject({ code: 'not-offered' });
    expect(acts).toEqual([]);
  });

  it('is refused before anything is removed, where it is taken or the key is gone', async () => {
    const { replace, acts } = setUp();
    await expect(replace('k1', 'Desk')).rejects.toMatchObject({
      details: { fields: { title: { code: 'duplicate' } } },
    });
    await expect(replace('k9', 'Other')).rejects.toMatchObject({ code: 'not-found' });
    expect(acts).toEqual([]);
  });

  it('leaves the key under its former one where it is refused', async () => {
    const { replace, titles } = setUp(['Bad']);
    await expect(replace('k1', 'Bad')).rejects.toMatchObject({ details: { fields: { title: { code: 'not-valid' } } } });
    expect(titles()).toEqual(['Desk', 'Laptop']);
  });

  it('says so where the key could not be put back', async () => {
    const { replace, titles } = setUp(['Bad', 'Laptop']);
    await expect(replace('k1', 'Bad')).rejects.toMatchObject({
      code: 'conflict',
      details: { reason: 'key-not-put-back' },
    });
    expect(titles()).toEqual(['Desk']);
  });

  it('is refused with the key as it was, where a service of several lists let it go from one of them alone', async () => {
    const { account, acts, replace, titles } = setUp();
    const { removeSshKey } = account;
    account.removeSshKey = async (id) => {
      await removeSshKey(id);
      throw new AppError('forbidden', { permission: 'signing' });
    };
    await expect(replace('k1', 'Work laptop')).rejects.toMatchObject({ details: { permission: 'signing' } });
    expect([acts, titles()]).toEqual([
      ['remove k1', 'add Laptop'],
      ['Desk', 'Laptop'],
    ]);
    account.removeSshKey = () => Promise.reject(new AppError('forbidden'));
    await expect(replace('k2', 'Table')).rejects.toMatchObject({ code: 'forbidden' });
    expect(acts).toHaveLength(2);
  });

  it('is not added again where somebody else removed it meanwhile', async () => {
    const { account, acts, replace } = setUp();
    const { removeSshKey } = account;
    account.removeSshKey = async (id) => {
      await removeSshKey(id);
      throw new AppError('not-found');
    };
    await expect(replace('k1', 'Work laptop')).rejects.toMatchObject({ code: 'not-found' });
    expect(acts).toEqual(['remove k1']);
  });

  it('goes on where the answer to the removal was lost', async () => {
    const { account, replace, titles } = setUp();
    const { removeSshKey } = account;
    account.removeSshKey = async (id) => {
      await removeSshKey(id);
      throw new AppError('offline', { reason: 'connection-lost' });
    };
    await replace('k1', 'Work laptop');
    expect(titles()).toEqual(['Desk', 'Work laptop']);
  });
});
