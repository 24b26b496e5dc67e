import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canMountDisks, mountTinyDisk } from '../../../tests/support/tiny-disk.ts';
import { openDatabase } from '../../database/database.ts';
import { defaultPreset } from '../../presets/presets.ts';
import { createAccountsStore } from '../../accounts/accounts.store.ts';
import { createSessionsStore } from '../../accounts/sessions.store.ts';

const clock = { now: () => 0 };
const device = { userAgent: '', ipAddress: '' };

/** To the last byte: a whole file, then ever smaller ones. */
function fill(folder: string): void {
  for (let at = 0, bytes = 65_536; bytes > 0; at += 1) {
    try {
      writeFileSync(join(folder, `filler-${String(at)}`), Buffer.alloc(bytes));
    } catch {
      bytes >>= 1;
    }
    if (statfsSync(folder).bavail === 0) break;
  }
}

describe('D7 E9 a full disk', () => {
  it.skipIf(!canMountDisks())('keeps nobody signed in (skipped: mounting needs an administrator)', () => {
    using disk = mountTinyDisk(1_024);
    const database = openDatabase(disk.path, 'test');
    const { user, contact } = defaultPreset.demo;
    const accountId = createAccountsStore(database, clock).create({ user, contact, passwordHash: '', permissions: [] });
    const sessions = createSessionsStore(database, clock, defaultPreset.policies.session);
    const [mine, out, closed, other] = [1, 2, 3, 4].map(() => sessions.start(accountId, device));
    fill(disk.path);
    expect(() => sessions.start(accountId, device)).toThrow();

    sessions.endByAccessToken(out!.accessToken);
    sessions.endSome(accountId, [closed!.sessionId]);
    for (const { accessToken } of [out!, closed!]) expect(sessions.check(accessToken)).toEqual({ kind: 'ended' });
    expect(sessions.check(other!.accessToken).kind).toBe('valid');
    expect(
      sessions
        .list(accountId)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([mine!.sessionId, other!.sessionId].sort());

    expect(() => sessions.retryEnds()).toThrow();
    for (let at = 0; at < 64; at += 1) rmSync(join(disk.path, `filler-${String(at)}`), { force: true });
    sessions.retryEnds();
    expect(database.get('SELECT count(*) AS count FROM sessions')).toEqual({ count: 2 });
    database.close();
  });
});
