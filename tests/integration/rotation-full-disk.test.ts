import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createNodeFileStore } from '../../electron/services/files/node-file-store.ts';
import type { FileStore } from '../../electron/services/ports.ts';
import { contactCenter } from '../../server/presets/contact-center.ts';
import { controlAccount } from '../../server/presets/control-account.ts';
import type { Preset } from '../../server/presets/preset.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { exchangeByCurl, statusByCurl } from '../support/curl.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { openAccount, type AccountUnderTest } from './account-under-test.ts';
import { openApp } from './services-under-test.ts';

let at: AccountUnderTest;
afterEach(() => at[Symbol.asyncDispose]());

const accountInput = () => ({ accountId: at.accountId });
const calls = () => at.app.calls.rotation;
const current = async () => (await calls().get(accountInput())).rotation;
const refusedFor = (code: string) => ({ code }) as object;
const works = async (keyId: string, secretKey: string) =>
  (await exchangeByCurl(at.server.address, keyId, secretKey)) !== undefined;
const keyIds = async () =>
  (await at.app.calls.accessKeys.list({ ...accountInput(), from: 'provider' })).keys.map(({ id }) => id);

describe('X2 rotation on a disk that gets full', () => {
  /** Full from now on, or once the service got this request; undefined: not full. */
  let fullFrom: 'now' | { readonly request: string; readonly after: number } | undefined;
  const isFull = () =>
    fullFrom === 'now' || (fullFrom && at.network.requests().slice(fullFrom.after).includes(fullFrom.request));
  const fillAt = (request: string) => (fullFrom = { request, after: at.network.requests().length });

  let files: FileStore;

  async function openOnSmallDisk(preset: Preset): Promise<void> {
    fullFrom = undefined;
    const folder = makeTempFolder();
    onTestFinished(() => folder[Symbol.dispose]());
    const onDisk = createNodeFileStore(folder.path, createSystemClock());
    const write: FileStore['write'] = async (...file) => {
      if (isFull()) throw new AppError('storage-fault', { reason: 'disk-full' });
      return onDisk.write(...file);
    };
    files = { ...onDisk, write };
    at = await openAccount(preset, { files });
    await at.prove();
  }

  const diskFull = { code: 'storage-fault', details: { reason: 'disk-full' } };
  const makeOld = async () =>
    (await at.app.calls.accessKeys.create({ ...accountInput(), name: 'Dialer', expiresAt: null })).newKey!;
  const makeOldApiKey = async () =>
    (await at.app.calls.apiKey.generate({ ...accountInput(), name: 'Backup', expiresAt: null })).newApiKey!;
  const status = (key: string) => statusByCurl(at.server.address, { accessToken: key });

  it('does not begin on a full one: nothing is made that could get lost with the app', async () => {
    await openOnSmallDisk(contactCenter);
    const old = await makeOld();
    fullFrom = 'now';
    await expect(calls().beginAccessKey({ ...accountInput(), keyId: old.keyId })).rejects.toMatchObject(diskFull);
    expect([await keyIds(), await current()]).toEqual([[old.keyId], null]);
    fullFrom = undefined;
    expect((await calls().beginAccessKey({ ...accountInput(), keyId: old.keyId })).rotation?.step).toBe('test');
  });

  it('does not void the one API key on a full one', async () => {
    await openOnSmallDisk(controlAccount);
    const old = await makeOldApiKey();
    await calls().beginApiKey(accountInput());
    fullFrom = 'now';
    await expect(calls().renewApiKey(accountInput())).rejects.toMatchObject(diskFull);
    expect([await status(old), (await current())?.step]).toEqual([200, 'prepare']);
  });

  it('goes on with the one new access key, and asked again makes no other', async () => {
    await openOnSmallDisk(contactCenter);
    const old = await makeOld();
    fillAt('POST /me/access-keys');
    const { made, rotation } = await calls().beginAccessKey({ ...accountInput(), keyId: old.keyId });
    expect([rotation?.step, rotation?.newKeyId]).toEqual(['test', made.newKey?.keyId]);
    expect((await at.app.calls.app.snapshot()).storageFault).toMatchObject({
      code: 'storage-fault',
      reason: 'disk-full',
    });
    await expect(calls().beginAccessKey({ ...accountInput(), keyId: old.keyId })).rejects.toMatchObject(
      refusedFor('conflict'),
    );
    expect((await keyIds()).toSorted()).toEqual([old.keyId, made.newKey!.keyId].toSorted());
    fullFrom = undefined;
    expect((await calls().test(accountInput())).rotation).toMatchObject({
      step: 'switch',
      newKeyId: made.newKey?.keyId,
    });
  });

  it('says after a restart which key was made, where the app ended while its disk was full', async () => {
    await openOnSmallDisk(contactCenter);
    const old = await makeOld();
    fillAt('POST /me/access-keys');
    const { made } = await calls().beginAccessKey({ ...accountInput(), keyId: old.keyId });
    await at.app.close();
    const again = await openApp(at.dataFolder, { files });
    onTestFinished(() => again.close());
    expect((await again.calls.accessKeys.list({ ...accountInput(), from: 'provider' })).lost).toEqual([
      made.newKey?.keyId,
    ]);
    expect([(await again.calls.rotation.get(accountInput())).rotation, await works(old.keyId, old.secretKey)]).toEqual([
      null,
      true,
    ]);
  });

  it('goes on with the one new API key, which stays good and held when asked again', async () => {
    await openOnSmallDisk(controlAccount);
    await makeOldApiKey();
    await calls().beginApiKey(accountInput());
    fillAt('POST /me/api-key/rotate');
    const { made, rotation } = await calls().renewApiKey(accountInput());
    expect(rotation?.step).toBe('test');
    await expect(calls().renewApiKey(accountInput())).rejects.toMatchObject(refusedFor('conflict'));
    expect(await at.app.calls.apiKey.resume(accountInput())).toEqual({ newApiKey: made.newApiKey });
    expect(await status(made.newApiKey!)).toBe(200);
    fullFrom = undefined;
    expect((await calls().test(accountInput())).rotation?.step).toBe('switch');
  });
});
