import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { profileSnapshotSchema } from '../../../../shared/contract/account/profile.ts';
import { makeTempFolder } from '../../../../tests/support/temp-folder.ts';
import { makeSections } from '../../testing/make-sections.ts';
import { createTestKeyWrapper, type TestKeyWrapper } from '../../testing/test-key-wrapper.ts';
import { startStorage } from '../../testing/test-storage.ts';
import { createProfileCache, type CacheEntry, type ProfileCache } from './profile-cache.ts';

const entry = (city = 'Ulm'): CacheEntry => ({
  takenAt: '2026-01-01T00:00:00.000Z',
  operations: { 'deletion.remove': { kind: 'editable' } },
  sections: makeSections(city),
});
const noMore = { fields: [], groups: [], values: {}, access: {}, revision: '' };
let folder: string;
let keyWrapper: TestKeyWrapper;
let cache: ProfileCache;

beforeEach(() => {
  const temp = makeTempFolder();
  onTestFinished(() => temp[Symbol.dispose]());
  folder = temp.path;
  keyWrapper = createTestKeyWrapper();
  restart();
});

function restart(): void {
  cache = createProfileCache(startStorage(folder, keyWrapper));
}

describe('D5 cached profile', () => {
  it('is there after a restart, whole and with its age', async () => {
    await cache.write('c1', entry());
    restart();
    expect(await cache.read('c1')).toEqual(entry());
  });

  it("is each account's own, and nothing for one that was never seen", async () => {
    await cache.write('c1', entry('Ulm'));
    await cache.write('c2', entry('Bath'));
    await cache.remove('c1');
    restart();
    expect(await cache.read('c1')).toBeUndefined();
    expect((await cache.read('c2'))?.sections.contact.values.city).toBe('Bath');
    expect(await cache.read('c3')).toBeUndefined();
  });

  it('lies on disk only encrypted', async () => {
    await cache.write('c1', entry());
    const all = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
    for (const word of ['Lovelace', 'ada@example.org', 'Ulm', 'firstName', 'Laboratory'])
      expect(all.includes(word)).toBe(false);
  });

  it('takes every value the contract can carry', async () => {
    const sections = makeSections('عمّان 👋\u0000"\\');
    sections.user.values.company = 'x'.repeat(10_000);
    sections.avatar.values.image = `data:image/png;base64,${'A'.repeat(350_000)}`;
    const limits = { minLength: 1, maxLength: 9, minCount: 1, maxCount: 9, min: -0.5, max: 1e9, pattern: 'A letter' };
    const described = sections.more.fields.map((field) => ({ ...field, group: null, isRequired: true, limits }));
    sections.more = { ...sections.more, fields: described };
    sections.user.access.role = { kind: 'not-offered' };
    sections.user.access.company = { kind: 'offline' };
    sections.user.access.username = { kind: 'editable', needsReauth: true };
    const operations: CacheEntry['operations'] = {
      'apiKey.generate': { kind: 'needs-permission', permission: 'Key Manage' },
      'password.change': { kind: 'hand-off', page: 'id.example.org', comesBack: true },
    };
    const full: CacheEntry = { takenAt: '2026-01-01T00:00:00.000Z', operations, sections };
    profileSnapshotSchema.parse({ accountId: 'c1', source: 'cache', sequence: 0, offers: ['api-key'], ...full });
    await cache.write('c1', full);
    expect(await cache.read('c1')).toEqual(full);
  });

  it('opens what an older app kept, without the sections that it did not know', async () => {
    const { user, contact, avatar } = makeSections('Bath');
    const olderUser = { values: user.values, access: user.access, revision: user.revision };
    const stored = { version: 1, takenAt: entry().takenAt, user: olderUser, contact, avatar };
    const older = startStorage(folder, keyWrapper).document({
      name: 'profile-c1.sealed',
      what: 'profile',
      account: 'c1',
      version: 1,
      schema: z.unknown(),
    });
    await older.write(stored);
    restart();
    const opened = await cache.read('c1');
    expect(opened?.sections.more).toEqual(noMore);
    expect(opened).toMatchObject({
      takenAt: entry().takenAt,
      operations: {},
      sections: { user: { ...olderUser, choices: { role: [] } }, contact, avatar },
    });
    expect(opened?.sections.notifications.access.thresholds).toEqual({ kind: 'not-offered' });
    expect(opened?.sections.workplace.access.dialingPattern).toEqual({ kind: 'not-offered' });
    profileSnapshotSchema.parse({ accountId: 'c1', source: 'cache', sequence: 0, offers: [], ...opened });
  });

  it('opens what an app kept that knew parts, and no operations', async () => {
    const { takenAt, sections } = entry();
    const { more: _more, ...known } = sections;
    const older = startStorage(folder, keyWrapper).document({
      name: 'profile-c1.sealed',
      what: 'profile',
      account: 'c1',
      version: 2,
      schema: z.unknown(),
    });
    await older.write({ version: 2, takenAt, offers: ['api-key', 'identities'], ...known });
    restart();
    expect(await cache.read('c1')).toEqual({
      takenAt,
      operations: {
        'apiKey.generate': { kind: 'editable' },
        'linkedAccounts.link': { kind: 'editable' },
        'linkedAccounts.unlink': { kind: 'editable' },
      },
      sections: { ...known, more: noMore },
    });
  });

  it('R3 opens what an app kept that knew no fields described by a service', async () => {
    const { takenAt, operations, sections } = entry();
    const { more: _more, ...known } = sections;
    const older = startStorage(folder, keyWrapper).document({
      name: 'profile-c1.sealed',
      what: 'profile',
      account: 'c1',
      version: 3,
      schema: z.unknown(),
    });
    await older.write({ version: 3, takenAt, operations, ...known });
    restart();
    expect(await cache.read('c1')).toEqual({ takenAt, operations, sections: { ...known, more: noMore } });
  });

  it('does not keep what is no profile', async () => {
    const { user, contact } = makeSections();
    const half = { user, contact } as CacheEntry['sections'];
    await expect(cache.write('c1', { ...entry(), takenAt: 'yesterday' })).rejects.toMatchObject({ code: 'internal' });
    await expect(cache.write('c1', { ...entry(), sections: half })).rejects.toMatchObject({ code: 'internal' });
    expect(await cache.read('c1')).toBeUndefined();
  });
});
