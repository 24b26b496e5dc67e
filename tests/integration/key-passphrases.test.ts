import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readKey } from '../../ssh-keys/index.ts';
import { run } from '../support/ssh-tools.ts';
import { useSshKeys } from './ssh-keys-under-test.ts';

const { account, accountInput, calls, whole, addFile } = useSshKeys();
const composed = 'Grüße an Zoë';
const decomposed = composed.normalize('NFD');

/** A key of ssh-keygen under a passphrase, as the bytes that some terminal gave. */
async function importKey(passphrase: string) {
  const file = account.inSsh('id_of_another');
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '1', '-N', passphrase, '-C', 'mara@other', '-f', file]);
  account.choose([file]);
  const { batchId, rows } = await whole(await calls().chooseFiles(accountInput()));
  return async (typed: string) => {
    const { rows: after } = await calls().unlock({
      batchId,
      rowIds: rows.map(({ rowId }) => rowId),
      passphrase: typed,
    });
    return after.map(({ verdict }) => verdict);
  };
}

describe('K5 K10 the passphrase of a key', () => {
  it.each([
    ['composed', composed, decomposed],
    ['decomposed', decomposed, composed],
  ])('opens its file in either form of Unicode, where it was made as %s', async (_form, made, typed) => {
    const unlock = await importKey(made);
    expect(await unlock('Grusse an Zoe')).toEqual(['wrong-passphrase']);
    expect(await unlock(typed)).toEqual(['accepted']);
  });

  it('of 10,000 characters, or with a line break, is tried as it is and refused as a wrong one', async () => {
    const unlock = await importKey('open sesame');
    expect(await unlock('x'.repeat(10_000))).toEqual(['wrong-passphrase']);
    expect(await unlock('open\nsesame')).toEqual(['wrong-passphrase']);
    await expect(unlock('x'.repeat(10_001))).rejects.toMatchObject({
      ...{ code: 'invalid-request', details: { fields: { passphrase: { code: 'too-long' } } } },
    });
    expect(await unlock('open sesame')).toEqual(['accepted']);
  });

  it('is composed in a file that is exported, as a terminal gives it', async () => {
    const { id: keyId } = await addFile('plain');
    const wish = { ...accountInput(), keyId, format: 'openssh', rounds: 1 } as const;
    const { file } = await calls().exportPrivate({ ...wish, passphrase: decomposed });
    expect((await readKey(readFileSync(file ?? ''), composed)).failure).toBeUndefined();
    for (const [passphrase, fault] of [
      ['two\nlines', { code: 'control-characters' }],
      ['x'.repeat(256), { code: 'too-long', limit: 255 }],
    ] as const)
      await expect(calls().exportPrivate({ ...wish, passphrase })).rejects.toMatchObject({
        ...{ code: 'invalid-request', details: { fields: { passphrase: fault } } },
      });
  });
});
