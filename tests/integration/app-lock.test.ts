import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDialogFilePicker } from '../../electron/main/ports/dialog-file-picker.ts';
import { createManualClock } from '../../electron/services/testing/manual-clock.ts';
import { createMemoryClipboard } from '../../electron/services/testing/memory-clipboard.ts';
import { createServer, type ProfileServer } from '../../server/create-server.ts';
import { controlAccount } from '../../server/presets/control-account.ts';
import { openApp, type AppUnderTest } from './services-under-test.ts';

const passphrase = 'seven tulips behind the mill';
const needed = { code: 'key-store-unavailable', details: { reason: 'passphrase-needed' } };

let folder: string;
let server: ProfileServer;
let address: string;
let password: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'app-lock-'));
  server = await createServer({ dataFolder: join(folder, 'server'), preset: controlAccount });
  password = (await server.ensureDemoAccount({ resetPassword: false })).password ?? '';
  address = await server.listen(0);
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

async function signIn(app: AppUnderTest): Promise<string> {
  const target = { kind: 'address' as const, address };
  const result = await app.calls.auth.signIn({ target, identifier: 'demo@profile-desk.example', password });
  return (result as { accountId: string }).accountId;
}

async function protect(app: AppUnderTest): Promise<void> {
  const chosen = { kind: 'new', text: passphrase, hint: null } as const;
  await app.calls.vault.protect({ keyStore: true, passphrase: chosen, current: null });
}

describe('X11 the app, locked', () => {
  it('shows and does nothing until the passphrase is given; then everything is as it was', async () => {
    const clipboard = createMemoryClipboard();
    const app = await openApp(join(folder, 'app'), { clipboard });
    const accountId = await signIn(app);
    await protect(app);
    const before = await app.calls.profile.get({ accountId, from: 'provider' });
    await app.calls.vault.lock();
    expect(app.events.at(-1)).toEqual({ channel: 'vault.locked', payload: {} });
    const told = app.events.length;
    for (const from of ['cache', 'provider'] as const)
      await expect(app.calls.profile.get({ accountId, from })).rejects.toMatchObject(needed);
    await expect(app.calls.accounts.list()).rejects.toMatchObject(needed);
    expect((await app.calls.app.snapshot()).storage).toMatchObject({ protection: 'locked' });
    await expect(app.calls.vault.unlock({ passphrase: 'not this' })).rejects.toMatchObject({ code: 'unauthenticated' });
    // Nothing of what ran before is heard of any more.
    expect(app.events.slice(told).map(({ channel }) => channel)).not.toContain('profile.changed');
    await app.calls.vault.unlock({ passphrase });
    expect((await app.calls.accounts.list()).accounts).toMatchObject([{ id: accountId }]);
    const after = await app.calls.profile.get({ accountId, from: 'provider' });
    expect(after.sections).toEqual(before.sections);
    expect(app.internal).toEqual([]);
    await app.close();
  });

  it('stays locked past a restart, although the key store is open', async () => {
    const app = await openApp(join(folder, 'app'));
    await signIn(app);
    await protect(app);
    await app.calls.vault.lock();
    await app.close();
    const next = await openApp(join(folder, 'app'));
    await expect(next.calls.accounts.list()).rejects.toMatchObject(needed);
    await next.calls.vault.unlock({ passphrase });
    expect((await next.calls.accounts.list()).accounts).toHaveLength(1);
    await next.close();
  });

  it('is locked once, however often it is asked, and by nobody without a passphrase', async () => {
    const app = await openApp(join(folder, 'app'));
    await signIn(app);
    await expect(app.calls.vault.lock()).rejects.toMatchObject({ code: 'not-offered' });
    expect((await app.calls.accounts.list()).accounts).toHaveLength(1);
    await protect(app);
    await Promise.all([app.calls.vault.lock(), app.calls.vault.lock()]);
    expect(app.events.filter(({ channel }) => channel === 'vault.locked')).toHaveLength(1);
    await expect(app.calls.vault.lock()).rejects.toMatchObject({ code: 'not-offered' });
    await app.calls.vault.unlock({ passphrase });
    await app.calls.vault.lock();
    await app.close();
  });

  it('drops what a dialog of the system says after it: nothing is written, read or asked', async () => {
    const asked: string[] = [];
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const file = join(folder, 'export.txt');
    const later = <T>(what: string, value: T): Promise<T> => (asked.push(what), answered.then(() => value));
    const dialog = {
      showSaveDialog: () => later('save', { canceled: false, filePath: file }),
      showOpenDialog: () => later('open', { canceled: false, filePaths: [folder] }),
    };
    const dataFolder = join(folder, 'app');
    const places = {
      ...{ platform: process.platform, sshFolder: folder, homeFolder: folder, dataFolder },
      findWindow: () => null,
    };
    const app = await openApp(join(folder, 'app'), {
      filePicker: createDialogFilePicker({ dialog, ...places }),
      originQuestion: { ask: (origin) => (origin === address ? Promise.resolve(true) : later('origin', true)) },
    });
    const accountId = await signIn(app);
    await app.calls.reauth.prove({ accountId, proof: { kind: 'password', password } });
    await protect(app);
    const waiting = [
      app.calls.deletion.exportData({ accountId, passphrase }),
      app.calls.sshKeys.chooseFiles({ accountId }),
      app.calls.accounts.inspect({ kind: 'address', address: 'https://strange.example' }),
    ].map((call) =>
      call.then(
        () => undefined,
        (error: unknown) => error,
      ),
    );
    await expect.poll(() => asked.toSorted()).toEqual(['open', 'origin', 'save']);
    await app.calls.vault.lock();
    // Nobody waits for a dialog any more, although each is still open.
    expect(await Promise.all(waiting)).toMatchObject([needed, needed, needed]);
    answer();
    await app.calls.vault.unlock({ passphrase });
    expect(existsSync(file)).toBe(false);
    expect((await app.calls.sshKeys.resumeImport({ accountId })).batch).toBeNull();
    expect(app.internal).toEqual([]);
    await app.close();
  });

  it('goes on by a clock that was set back by a year meanwhile', async () => {
    // Moved by hand alone: on a busy machine the wait would be over before it is looked at.
    const clock = createManualClock(Date.now());
    const app = await openApp(join(folder, 'app'), { clock });
    const accountId = await signIn(app);
    await protect(app);
    const before = await app.calls.profile.get({ accountId, from: 'provider' });
    await app.calls.vault.lock();
    for (let n = 0; n < 3; n += 1)
      await expect(app.calls.vault.unlock({ passphrase: 'not this' })).rejects.toMatchObject({
        code: 'unauthenticated',
      });
    clock.setBack(365 * 86_400_000);
    // Who waits waits as long as was said, and not a year.
    const { unlock } = (await app.calls.app.snapshot()).storage;
    const waitMs = Date.parse(unlock?.waitUntil ?? '') - clock.now();
    expect(waitMs).toBeLessThanOrEqual(5_000);
    await clock.advance(waitMs + 1);
    await app.calls.vault.unlock({ passphrase });
    // What is begun anew is begun by that clock.
    await app.calls.vault.lock();
    await app.calls.vault.unlock({ passphrase });
    const after = await app.calls.profile.get({ accountId, from: 'provider' });
    expect(after).toMatchObject({ source: 'provider', sections: before.sections });
    // A page that was there before takes it for the later one.
    expect(after.sequence).toBeGreaterThan(before.sequence);
    const kept = await app.calls.profile.get({ accountId, from: 'cache' });
    expect(kept.sections.user.values).toEqual(before.sections.user.values);
    expect(app.internal).toEqual([]);
    await app.close();
  });

  it('takes what is being written along: a lock in the middle of it loses nothing', async () => {
    const app = await openApp(join(folder, 'app'));
    const accountId = await signIn(app);
    await protect(app);
    for (let round = 0; round < 4; round += 1) {
      const reading = app.calls.profile.get({ accountId, from: 'provider' }).catch(() => undefined);
      await app.calls.vault.lock();
      await reading;
      await app.calls.vault.unlock({ passphrase });
      expect((await app.calls.profile.get({ accountId, from: 'cache' })).source).toBe('cache');
      expect((await app.calls.app.snapshot()).notices).toEqual([]);
    }
    await app.close();
  });
});
