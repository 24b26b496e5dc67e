import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSettingsService } from '../../../electron/services/features/settings/settings.service.ts';
import { createSettingsFile } from '../../../electron/services/files/settings-file.ts';
import { noteSpec } from '../../../electron/services/testing/test-storage.ts';
import { by, setUpDesk } from '../../../electron/services/testing/vault-desk.ts';
import { lockMark } from '../../../electron/services/vault/passphrase/lock-mark.ts';
import { triesFile } from '../../../electron/services/vault/passphrase/tries.ts';
import { vaultKeyFile } from '../../../electron/services/vault/vault-key-file.ts';
import { settingsSchema } from '../../../shared/contract/settings.ts';
import { openConf } from '../../../preview/ports/open-conf.ts';
import { makeTempFolder } from '../../support/temp-folder.ts';
import { damagesOf } from './damages.ts';
import { findStored } from './find-stored.ts';
import { filesInTheClear } from './samples.ts';

const step = process.env['FULL'] ? 1 : 7;
const spec = noteSpec('note.sealed');
const passphrase = 'correct horse';
const longestWaitMs = 15 * 60_000;

type Desk = ReturnType<typeof setUpDesk>;

/** Some document kept there. */
async function keepNote(desk: Desk): Promise<Desk> {
  await desk.start().document(spec).write({ text: 'kept' });
  return desk;
}

/** As it was, but for one file. */
function restorer({ files }: Desk) {
  const whole = new Map(files.content);
  return (name: string, content: Uint8Array) => {
    files.content.clear();
    for (const [each, bytes] of whole) files.content.set(each, bytes);
    files.content.set(name, content);
  };
}

describe('D3 D5 files in the clear', () => {
  it('are the ones that are damaged here', async () => {
    const { schemas } = await findStored();
    expect(schemas.map(({ name }) => name).toSorted()).toEqual(Object.keys(filesInTheClear).toSorted());
  });

  it('the key under a key store, damaged, opens nothing else and replaces nothing', async () => {
    const desk = await keepNote(setUpDesk('open'));
    const restore = restorer(desk);
    const sealed = desk.bytesOf(spec.name);
    const outcomes = new Set<string>();
    for (const { what, content } of damagesOf(desk.bytesOf(vaultKeyFile), step)) {
      restore(vaultKeyFile, content);
      const document = desk.start().document(spec);
      const note = await document.read().catch((error: unknown) => String(error));
      outcomes.add(typeof note === 'string' ? note : String(note?.text));
      // Whoever writes on makes no new key in the place of one that may still open all.
      await document.write({ text: 'written on' }).catch(() => undefined);
      const found = [...desk.files.content.values()].map((each) => Buffer.from(each).toString('base64'));
      expect(found, what).toContain(Buffer.from(content).toString('base64'));
      if (note !== undefined && typeof note !== 'string') continue;
      expect(found, what).toContain(sealed.toString('base64'));
    }
    // Its name and the time say nothing that opens it: there a flipped bit does no harm.
    expect([...outcomes].toSorted()).toEqual([
      'AppError: key-store-unavailable (key-store-changed)',
      'kept',
      'undefined',
    ]);
  });

  it('the count of wrong passphrases, damaged, keeps nobody out longer than the longest wait', async () => {
    const desk = await keepNote(setUpDesk('open'));
    await desk.start().protect(by(passphrase));
    for (let n = 0; n < 12; n += 1) {
      await desk
        .start()
        .unlock('wrong')
        .catch(() => undefined);
      await desk.clock.advance(longestWaitMs);
    }
    const restore = restorer(desk);
    for (const { what, content } of damagesOf(desk.bytesOf(triesFile), step)) {
      restore(triesFile, content);
      const storage = desk.start();
      // The wait begins at the latest with the first look at it.
      const { unlock } = await storage.status();
      const waitMs = unlock?.waitUntil ? Date.parse(unlock.waitUntil) - desk.clock.now() : 0;
      expect(waitMs, what).toBeLessThanOrEqual(longestWaitMs);
      await desk.clock.advance(waitMs);
      await storage.unlock(passphrase);
      expect(await storage.document(spec).read(), what).toEqual({ text: 'kept' });
      expect(storage.notices(), what).toEqual([]);
    }
  });

  it('the mark of a lock, damaged, is one all the same', async () => {
    const desk = await keepNote(setUpDesk('open'));
    const first = desk.start();
    await first.protect(by(passphrase, { keyStore: true }));
    await first.lock();
    const restore = restorer(desk);
    for (const { what, content } of damagesOf(desk.bytesOf(lockMark), 1)) {
      restore(lockMark, content);
      const storage = desk.start();
      await expect(storage.document(spec).read(), what).rejects.toThrow('key-store-unavailable');
      await storage.unlock(passphrase);
      expect(await storage.document(spec).read(), what).toEqual({ text: 'kept' });
    }
  });

  it('settings, damaged, are settings: each is as it was or its default', () => {
    using folder = makeTempFolder();
    const path = join(folder.path, 'settings.json');
    const good = Buffer.from(JSON.stringify({ theme: 'dark', lockAfterMinutes: 15 }));
    for (const { what, content } of damagesOf(good, step)) {
      writeFileSync(path, content);
      const file = createSettingsFile(folder.path, openConf);
      const { theme, lockAfterMinutes } = settingsSchema.parse(
        createSettingsService({ file, emit: () => undefined, onLimitChanged: async () => undefined }).get(undefined),
      );
      expect(['dark', 'system'], what).toContain(theme);
      // From 15 to 5 it is one bit, and either is a setting that the person can see.
      expect([15, 5, 1, null], what).toContain(lockAfterMinutes);
    }
  });
});
