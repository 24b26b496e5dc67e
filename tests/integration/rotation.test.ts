import { afterEach, describe, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../electron/services/testing/manual-clock.ts';
import type { Ports } from '../../electron/services/ports.ts';
import { contactCenter } from '../../server/presets/contact-center.ts';
import { controlAccount } from '../../server/presets/control-account.ts';
import type { Preset } from '../../server/presets/preset.ts';
import type { Rotation } from '../../shared/contract/keys/rotation.ts';
import { exchangeByCurl, statusByCurl } from '../support/curl.ts';
import { openAccount, type AccountUnderTest } from './account-under-test.ts';
import { openApp } from './services-under-test.ts';

/** Milliseconds after a proof at which an old key that is due is deleted. */
const afterProofMs = 5_000;

/** Milliseconds between the rounds. */
const hour = 3_600_000;

let at: AccountUnderTest;
afterEach(() => at[Symbol.asyncDispose]());

async function open(preset: Preset, ports: Partial<Ports> = {}): Promise<void> {
  at = await openAccount(preset, ports);
  await at.prove();
}

const accountInput = () => ({ accountId: at.accountId });
const calls = () => at.app.calls.rotation;
const current = async () => (await calls().get(accountInput())).rotation;
const refusedFor = (code: string) => ({ code }) as object;
const works = async (keyId: string, secretKey: string) =>
  (await exchangeByCurl(at.server.address, keyId, secretKey)) !== undefined;
const keyIds = async () =>
  (await at.app.calls.accessKeys.list({ ...accountInput(), from: 'provider' })).keys.map(({ id }) => id);

async function begin() {
  const old = (await at.app.calls.accessKeys.create({ ...accountInput(), name: 'Dialer', expiresAt: null })).newKey!;
  const { made, rotation } = await calls().beginAccessKey({ ...accountInput(), keyId: old.keyId });
  return { old, next: made.newKey!, rotation };
}

/** Time goes on to the next round; that round asks a server, and is over when it waits for the one after it. */
async function passRound(clock: ManualClock, milliseconds: number): Promise<void> {
  const over = clock.nextSleep(hour);
  await clock.advance(milliseconds);
  await over;
}

/** As far as the old key being stopped. */
async function stopOld(deleteAt: string | null) {
  const keys = await begin();
  await calls().test(accountInput());
  await calls().stopOld({ ...accountInput(), deleteAt });
  return keys;
}

describe('X2 rotation of an access key', () => {
  it('has no gap: the old key works until the new one is tested and every place uses it', async () => {
    await open(contactCenter);
    const { old, next, rotation } = await begin();
    expect(rotation).toMatchObject({ kind: 'access-key', step: 'test', oldKeyId: old.keyId, newKeyId: next.keyId });
    expect([await works(old.keyId, old.secretKey), await works(next.keyId, next.secretKey)]).toEqual([true, true]);
    await expect(calls().stopOld({ ...accountInput(), deleteAt: null })).rejects.toMatchObject(refusedFor('conflict'));

    expect((await calls().test(accountInput())).rotation).toMatchObject({
      step: 'switch',
      testedAt: expect.any(String) as string,
    });
    await calls().setPlaces({ ...accountInput(), places: [{ name: 'Night job', isSwitched: false }] });
    await expect(calls().stopOld({ ...accountInput(), deleteAt: null })).rejects.toMatchObject({
      code: 'invalid-request',
      details: { fields: { places: { code: 'required' } } },
    });
    await calls().setPlaces({ ...accountInput(), places: [{ name: 'Night job', isSwitched: true }] });
    expect((await calls().stopOld({ ...accountInput(), deleteAt: null })).rotation?.step).toBe('stopped');
    expect([await works(old.keyId, old.secretKey), await works(next.keyId, next.secretKey)]).toEqual([false, true]);

    expect(await calls().deleteOld(accountInput())).toMatchObject({ rotation: null });
    expect(await keyIds()).toEqual([next.keyId]);
    expect(at.heard<{ rotation: Rotation | null }>('rotation.changed').map((event) => event.rotation?.step)).toEqual([
      'test',
      'switch',
      'switch',
      'switch',
      'stopped',
      undefined,
    ]);
  });

  it('can go back: the old key works again', async () => {
    await open(contactCenter);
    const { old } = await stopOld(null);
    expect((await calls().restartOld(accountInput())).rotation).toMatchObject({ step: 'switch', deleteAt: null });
    expect(await works(old.keyId, old.secretKey)).toBe(true);
  });

  it('does not go on with a key that the provider refuses, or whose secret is not held any more', async () => {
    await open(contactCenter);
    const { next } = await begin();
    await at.app.calls.accessKeys.setActive({ ...accountInput(), keyId: next.keyId, isActive: false });
    await expect(calls().test(accountInput())).rejects.toMatchObject({
      code: 'unauthenticated',
      details: { reason: 'key-refused' },
    });
    await at.app.calls.accessKeys.finish(accountInput());
    await expect(calls().test(accountInput())).rejects.toMatchObject(refusedFor('not-found'));
    expect((await current())?.step).toBe('test');
    expect((await at.app.calls.accounts.list()).accounts[0]?.state.kind).toBe('online');
  });

  it('is one at a time, and ends without changing a key', async () => {
    await open(contactCenter);
    const { old, next } = await begin();
    await expect(calls().beginAccessKey({ ...accountInput(), keyId: old.keyId })).rejects.toMatchObject(
      refusedFor('conflict'),
    );
    expect(await calls().end(accountInput())).toMatchObject({ rotation: null });
    expect((await keyIds()).toSorted()).toEqual([old.keyId, next.keyId].toSorted());
  });

  it('does not begin if the answer with the new secret gets lost', async () => {
    await open(contactCenter);
    const old = (await at.app.calls.accessKeys.create({ ...accountInput(), name: 'Dialer', expiresAt: null })).newKey!;
    at.network.loseNextReplyTo('POST /me/access-keys');
    const { made, rotation } = await calls().beginAccessKey({ ...accountInput(), keyId: old.keyId });
    expect([made.newKey, made.snapshot.lost.length, rotation]).toEqual([null, 1, null]);
  });

  it('makes the new key for as long as the old one, as far as an end can be written (X3)', async () => {
    await open(contactCenter);
    const make = async (expiresAt: string) =>
      (await at.app.calls.accessKeys.create({ ...accountInput(), name: 'Dialer', expiresAt })).newKey!;
    const { keyId } = await make('9999-12-31T23:59:59.000Z');
    const { made } = await calls().beginAccessKey({ ...accountInput(), keyId });
    expect(made.snapshot.keys.find(({ id }) => id === made.newKey?.keyId)?.expiresAt).toBe('9999-12-31T23:59:59.999Z');
  });

  it('goes on after a restart of the app', async () => {
    await open(contactCenter);
    await stopOld('2030-01-01T00:00:00.000Z');
    const before = await current();
    await at.app.close();
    const again = await openApp(`${at.dataFolder}/0`);
    expect((await again.calls.rotation.get(accountInput())).rotation).toEqual(before);
    await again.close();
  });
});

describe('X2 deletion of the old key at a chosen time', () => {
  it('comes with the round after it, not before', async () => {
    const clock = createManualClock(Date.UTC(2026, 0, 15, 12));
    await open(contactCenter, { clock });
    const { old, next } = await stopOld('2026-01-15T12:10:00.000Z');
    await passRound(clock, 10_000);
    expect(await keyIds()).toContain(old.keyId);
    await at.prove();
    // The window of the proof is long enough for this round by the server's clock, which stands still.
    await clock.advance(595_000);
    await at.prove();
    await clock.advance(afterProofMs);
    await expect.poll(keyIds).toEqual([next.keyId]);
    expect(await current()).toBeNull();
  });

  it('waits for a fresh proof (E12)', async () => {
    const clock = createManualClock(Date.UTC(2026, 0, 15, 12));
    await open(contactCenter, { clock });
    const { old, next } = await stopOld('2026-01-15T12:10:00.000Z');
    await at.app.calls.reauth.end(accountInput());
    await passRound(clock, 10_000);
    await passRound(clock, hour);
    expect((await keyIds()).toSorted()).toEqual([old.keyId, next.keyId].toSorted());
    expect((await current())?.step).toBe('stopped');
    await at.prove();
    await clock.advance(afterProofMs);
    await expect.poll(keyIds).toEqual([next.keyId]);
    await expect.poll(current).toBeNull();
  });

  it('does not come before what the proof was asked for: letting the old key work again', async () => {
    const clock = createManualClock(Date.UTC(2026, 0, 15, 12));
    await open(contactCenter, { clock });
    const { old } = await stopOld('2026-01-15T12:10:00.000Z');
    await at.app.calls.reauth.end(accountInput());
    await passRound(clock, 10_000);
    await passRound(clock, hour);
    await expect(calls().restartOld(accountInput())).rejects.toMatchObject({ code: 'reauth-required' });
    await at.prove();
    await calls().restartOld(accountInput());
    await clock.advance(afterProofMs);
    expect(await current()).toMatchObject({ step: 'switch', deleteAt: null });
    expect(await works(old.keyId, old.secretKey)).toBe(true);
  });
});

describe('X2 rotation never leaves a person without a key that works', () => {
  it('does not stop the old key where the new one was stopped or deleted elsewhere after its test', async () => {
    await open(contactCenter);
    const { old, next } = await begin();
    await calls().test(accountInput());
    const { accessKeys } = at.server.server.stores;
    const demoId = at.server.server.stores.accounts.findDemo() ?? '';
    accessKeys.setActive(demoId, next.keyId, false);
    const stop = () => calls().stopOld({ ...accountInput(), deleteAt: null });
    await expect(stop()).rejects.toMatchObject({ code: 'unauthenticated', details: { reason: 'key-refused' } });
    accessKeys.remove(demoId, next.keyId);
    await expect(stop()).rejects.toMatchObject({ code: 'unauthenticated', details: { reason: 'key-refused' } });
    expect([await works(old.keyId, old.secretKey), (await current())?.step]).toEqual([true, 'switch']);
  });

  it('does not delete an old key by itself that was turned on again, but goes back to where it works', async () => {
    const clock = createManualClock(Date.UTC(2026, 0, 15, 12));
    await open(contactCenter, { clock });
    const { old } = await stopOld('2026-01-15T12:10:00.000Z');
    await at.app.calls.accessKeys.setActive({ ...accountInput(), keyId: old.keyId, isActive: true });
    await clock.advance(605_000);
    await at.prove();
    await clock.advance(afterProofMs);
    await expect.poll(async () => (await current())?.deleteAt ?? null).toBeNull();
    expect(await works(old.keyId, old.secretKey)).toBe(true);
    expect(await current()).toMatchObject({ step: 'switch', deleteAt: null });
  });

  it('does not delete the old key by itself where the new one is gone', async () => {
    const clock = createManualClock(Date.UTC(2026, 0, 15, 12));
    await open(contactCenter, { clock });
    const { old, next } = await stopOld('2026-01-15T12:10:00.000Z');
    await at.app.calls.accessKeys.remove({ ...accountInput(), keyId: next.keyId });
    await clock.advance(605_000);
    await at.prove();
    await clock.advance(afterProofMs);
    await expect.poll(async () => (await current())?.deleteAt ?? null).toBeNull();
    expect([await keyIds(), (await current())?.step]).toEqual([[old.keyId], 'stopped']);
  });
});

describe('X2 rotation of the one API key', () => {
  it('has its checklist first, and a test at once after', async () => {
    await open(controlAccount);
    await expect(calls().beginApiKey(accountInput())).rejects.toMatchObject(refusedFor('not-found'));
    const old = (await at.app.calls.apiKey.generate({ ...accountInput(), name: 'Backup', expiresAt: null })).newApiKey!;
    expect((await calls().beginApiKey(accountInput())).rotation).toMatchObject({ kind: 'api-key', step: 'prepare' });
    await calls().setPlaces({ ...accountInput(), places: [{ name: 'Backup script', isSwitched: false }] });
    await expect(calls().test(accountInput())).rejects.toMatchObject(refusedFor('conflict'));
    const { made, rotation } = await calls().renewApiKey(accountInput());
    expect(rotation).toMatchObject({ step: 'test', places: [{ name: 'Backup script', isSwitched: false }] });
    const status = (key: string) => statusByCurl(at.server.address, { accessToken: key });
    expect([await status(old), await status(made.newApiKey!)]).toEqual([401, 200]);
    expect((await calls().test(accountInput())).rotation?.step).toBe('switch');
    await expect(calls().stopOld({ ...accountInput(), deleteAt: null })).rejects.toMatchObject(
      refusedFor('not-offered'),
    );
    expect(await calls().end(accountInput())).toMatchObject({ rotation: null });
  });
});
