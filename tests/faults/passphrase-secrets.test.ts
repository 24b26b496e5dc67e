import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createFileLog } from '../../electron/services/log/file-log.ts';
import { noKeyWrapper, openApp } from '../integration/services-under-test.ts';
import { disguisesOf, findSecrets } from '../support/find-secrets.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const passphrases = {
  first: 'seed 5f1d tulips behind the mill',
  second: 'seed 77aa herons on the roof',
  wrong: 'seed 0c3e nobody ever chose this',
};
const all = Object.values(passphrases);

describe('D3 a passphrase that was chosen, mistyped, changed and refused', () => {
  it('is in no file, no log, no event and no answer', async () => {
    using folder = makeTempFolder();
    const log = createFileLog({ folder: join(folder.path, 'logs'), clock: createSystemClock() });
    const answers: string[] = [];
    const open = () =>
      openApp(join(folder.path, 'store'), { keyWrapper: noKeyWrapper, log }, (_, reply) => {
        answers.push(JSON.stringify(reply));
      });
    const by = (text: string, hint: string | null, current: string | null) => ({
      ...{ keyStore: false, passphrase: { kind: 'new' as const, text, hint }, current },
    });
    const app = await open();
    const { vault } = app.calls;
    await vault.protect(by(passphrases.first, 'flowers', null));
    await expect(vault.protect(by(passphrases.second, passphrases.second, passphrases.first))).rejects.toThrow();
    await expect(vault.protect(by(passphrases.second, null, passphrases.wrong))).rejects.toThrow();
    await vault.protect(by(passphrases.second, null, passphrases.first));
    await app.close();
    const next = await open();
    await expect(next.calls.vault.unlock({ passphrase: passphrases.wrong })).rejects.toThrow('wrong-passphrase');
    await expect(next.calls.accounts.list()).rejects.toThrow('passphrase-needed');
    await next.calls.vault.unlock({ passphrase: passphrases.second });
    await next.calls.accounts.list();
    await next.close();

    expect(readdirSync(join(folder.path, 'store')).sort()).toEqual([
      ...['ledger.sealed', 'vault-key-copy.json', 'vault-key.json'],
    ]);
    expect(findSecrets(folder.path, all)).toEqual([]);
    const told = Buffer.from([...answers, ...[app, next].flatMap(({ events }) => JSON.stringify(events))].join('\n'));
    expect(told.toString()).toContain('flowers');
    expect(all.filter((each) => disguisesOf(each).some((bytes) => told.includes(bytes)))).toEqual([]);
    expect([...app.internal, ...next.internal]).toEqual([]);
  });
});
