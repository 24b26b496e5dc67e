import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MfaStatus } from '../../shared/contract/account/mfa.ts';
import { createDownloadsFilePicker } from '../../preview/ports/downloads-file-picker.ts';
import { makeTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { hasOathtool, openAccount, type AccountUnderTest } from './account-under-test.ts';

let at: AccountUnderTest;
let home: TempFolder;
beforeEach(async () => {
  home = makeTempFolder();
  at = await openAccount(undefined, { filePicker: createDownloadsFilePicker({ HOME: home.path }) });
});
afterEach(async () => {
  await at[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

const save = () => at.app.calls.recoveryCodes.save({ accountId: at.accountId });
const show = () => at.app.calls.recoveryCodes.show({ accountId: at.accountId });

describe.skipIf(!hasOathtool)('E5 recovery codes (skipped where oathtool is missing)', () => {
  it('are saved as they are shown: numbered, with whose they are', async () => {
    const { recoveryCodes } = await at.enrol();
    const { file } = await save();
    expect(file).toBe(join(home.path, 'Downloads', 'recovery-codes-control-account.txt'));
    const lines = recoveryCodes.map((code, index) => `${String(index + 1).padStart(2)}. ${code}`);
    const heading = ['Recovery codes', 'Control account · demo@profile-desk.example', '2026-01-15', ''];
    expect(readFileSync(file!, 'utf8')).toBe([...heading, ...lines, ''].join('\n'));
  });

  it('can be saved right after they were made, even without a network and with the window closed', async () => {
    await at.enrol();
    await at.app.calls.reauth.end({ accountId: at.accountId });
    at.network.cut(true);
    expect((await save()).file).toMatch(/\.txt$/);
  });

  it('stay on the screen when the file cannot be written, and are saved once it can', async () => {
    await at.enrol();
    const downloads = join(home.path, 'Downloads');
    // A file in the way stops even root, whom a mode would not.
    writeFileSync(downloads, 'in the way');
    await expect(save()).rejects.toMatchObject({ code: 'storage-fault' });
    unlinkSync(downloads);
    expect((await save()).file).toMatch(/\.txt$/);
    expect(readdirSync(downloads)).toHaveLength(1);
  });

  it('are shown again with what is used, and remain counted', async () => {
    const { recoveryCodes } = await at.enrol();
    const { app, accountId } = at;
    at.server.pass(901);
    await app.calls.reauth.prove({ accountId, proof: { kind: 'code', code: recoveryCodes[4]! } });
    expect((await show()).codes).toEqual(recoveryCodes.map((code, index) => ({ code, isUsed: index === 4 })));
    expect((await app.calls.mfa.status({ accountId })).recoveryCodes).toMatchObject({ total: 10, remaining: 9 });
    const { file } = await save();
    expect(readFileSync(file!, 'utf8')).toContain(` 5. ${recoveryCodes[4]!} (used)\n`);
  });

  it('are void as soon as there is a new set, and every screen hears of it', async () => {
    const { recoveryCodes: old } = await at.enrol();
    const { app, accountId } = at;
    const { codes } = await app.calls.recoveryCodes.renew({ accountId });
    expect(codes.map(({ code }) => code).filter((code) => old.includes(code))).toEqual([]);
    expect(at.heard<MfaStatus>('mfa.changed').at(-1)?.recoveryCodes).toMatchObject({ total: 10, remaining: 10 });
    await expect(app.calls.reauth.prove({ accountId, proof: { kind: 'code', code: old[0]! } })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect((await show()).codes).toEqual(codes);
  });

  it('are not there before MFA is on', async () => {
    await expect(show()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are forgotten at sign-out: nothing is left to be saved', async () => {
    await at.enrol();
    await at.app.calls.auth.signOut({ accountId: at.accountId, forget: false });
    await expect(save()).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe.skipIf(!hasOathtool)('E5 saving that the person gives up', () => {
  it('says so by null and writes nothing', async () => {
    await using other = await openAccount(undefined, { filePicker: { save: () => Promise.resolve(null) } });
    await other.enrol();
    expect(await other.app.calls.recoveryCodes.save({ accountId: other.accountId })).toEqual({ file: null });
  });
});
