import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { makeTempFolder, type TempFolder } from '../../../../tests/support/temp-folder.ts';
import type { StoredAccount } from '../../accounts/accounts.stored.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { createMemoryNotifier, type MemoryNotifier } from '../../testing/memory-clipboard.ts';
import { createTestKeyWrapper, type TestKeyWrapper } from '../../testing/test-key-wrapper.ts';
import { silentLog, startStorage } from '../../testing/test-storage.ts';
import { localDay } from '../../../../shared/rules/local-day.ts';
import { watchKeys, type KeyWatch } from './key-watch.ts';
import { AccountState } from '../../resources/account-state.ts';
import { createKeysDocument } from './keys-document.ts';
import type { KeysState } from './keys-state.ts';
import { withOwnEnd } from './keys-state.ts';

const start = Date.UTC(2026, 0, 1);
const day = 86_400_000;
const hour = 3_600_000;
const account: StoredAccount = {
  id: 'c1',
  kind: 'reference',
  target: { kind: 'embedded' },
  personId: 'a1',
  providerName: 'Control account',
  person: { name: 'Mara', email: 'mara@example.org', avatar: null },
  isSignedOut: false,
};

let folder: TempFolder;
let keyWrapper: TestKeyWrapper;
let clock: ManualClock;
let notifier: MemoryNotifier;
let accounts: StoredAccount[];
let states: AccountState<KeysState>;
let watch: KeyWatch | undefined;
let read: (accountId: string) => Promise<unknown>;

beforeEach(() => {
  folder = makeTempFolder();
  keyWrapper = createTestKeyWrapper();
  clock = createManualClock(start);
  notifier = createMemoryNotifier();
  accounts = [account];
  read = async () => undefined;
  run();
});
afterEach(() => {
  watch?.stop();
  folder[Symbol.dispose]();
});

/** Starts, or starts again as after a restart of the app. */
function run(): void {
  watch?.stop();
  states = new AccountState(
    { isKnown: async () => true, tolerate: (write) => write() },
    createKeysDocument(startStorage(folder.path, keyWrapper)),
  );
  const registry = { all: async () => ({ version: 1 as const, accounts, currentId: null }) };
  watch = watchKeys({
    registry,
    states,
    notifier,
    clock,
    log: silentLog,
    read: (id) => read(id),
    onRound: async () => undefined,
  });
}

const at = (milliseconds: number) => new Date(start + milliseconds).toISOString();

/** One access key a time of its end, in milliseconds from the start; null for none. */
function putKeys(...ends: readonly (number | null)[]): Promise<unknown> {
  const keys = ends.map((end, n) => ({
    id: `k${n}`,
    name: `Key ${n}`,
    isActive: true,
    revision: '"1"',
    createdAt: at(0),
    lastUsedAt: null,
    expiresAt: end === null ? null : at(end),
  }));
  const state = { access: { kind: 'editable' as const }, offers: [], keys, limit: null };
  return states.note('c1', (all) => ({ ...all, accessKeys: { source: 'provider', takenAt: at(0), state } }));
}

/** Storage is on a real disk, so that each round is waited for. */
const pass = (milliseconds: number) => clock.advanceRounds(milliseconds);

const titles = () => notifier.shown.map(({ title }) => title);

describe('X3 reminders', () => {
  it('come 30, 7 and 1 days before the end, each once', async () => {
    await putKeys(31 * day);
    await pass(12 * hour);
    expect(titles()).toEqual([]);
    await pass(31 * day);
    expect(titles()).toEqual([
      'Your access key ends within 30 days',
      'Your access key ends within 7 days',
      'Your access key ends within a day',
    ]);
    expect(notifier.shown[0]?.body).toBe(
      `“Key 0” at Control account ends on ${localDay(at(31 * day))}. Make a new one before that.`,
    );
  });

  it('survive a restart, and do not come twice', async () => {
    await putKeys(5 * day);
    await pass(hour);
    run();
    await pass(2 * hour);
    expect(titles()).toEqual(['Your access key ends within 7 days']);
    run();
    await pass(4 * day);
    expect(titles()).toEqual(['Your access key ends within 7 days', 'Your access key ends within a day']);
  });

  it('are the nearest alone where several are due after a long pause, one for each key', async () => {
    await putKeys(12 * hour, 20 * day, 100 * day);
    await pass(hour);
    expect(titles()).toEqual(['Your access key ends within a day', 'Your access key ends within 30 days']);
  });

  it('go by the day chosen here where that is earlier or the provider has none, and anew for another day', async () => {
    await putKeys(null);
    const chooseEnd = (end: string | null) => states.keep('c1', (all) => withOwnEnd(all, 'access k0', end));
    await chooseEnd(at(6 * day));
    await pass(hour);
    expect(titles()).toEqual(['Replace your access key within 7 days']);
    expect(notifier.shown[0]?.body).toBe(
      `You wanted to replace “Key 0” at Control account by ${localDay(at(6 * day))}.`,
    );
    await chooseEnd(at(20 * day));
    await pass(hour);
    expect(titles()).toEqual(['Replace your access key within 7 days', 'Replace your access key within 30 days']);
    await putKeys(25 * day);
    await pass(hour);
    expect(titles()).toHaveLength(2);
  });

  it('are not for a key that is turned off, but come once it is turned on again', async () => {
    await putKeys(5 * day);
    const turn = (isActive: boolean) =>
      states.note('c1', (all) =>
        all.accessKeys
          ? {
              ...all,
              accessKeys: {
                ...all.accessKeys,
                state: {
                  ...all.accessKeys.state,
                  keys: all.accessKeys.state.keys.map((key) => ({ ...key, isActive })),
                },
              },
            }
          : all,
      );
    await turn(false);
    await pass(2 * hour);
    expect(titles()).toEqual([]);
    await turn(true);
    await pass(hour);
    expect(titles()).toEqual(['Your access key ends within 7 days']);
  });

  it('are not for a key that has ended, nor for an account that is signed out', async () => {
    await putKeys(-day);
    await pass(2 * hour);
    await putKeys(5 * day);
    accounts = [{ ...account, isSignedOut: true }];
    await pass(2 * hour);
    expect(titles()).toEqual([]);
  });

  it('do not come again for the same step when the clock of this computer is set back and forward', async () => {
    await putKeys(5 * day);
    await pass(hour);
    clock.setBack(10 * day);
    await pass(2 * hour);
    clock.setBack(-10 * day);
    await pass(2 * hour);
    expect(titles()).toEqual(['Your access key ends within 7 days']);
  });

  it('come for the other accounts where what is kept of one cannot be read', async () => {
    accounts = [{ ...account, id: 'c0' }, account];
    const folderInTheWay = join(folder.path, 'keys-c0.sealed');
    mkdirSync(folderInTheWay);
    await putKeys(5 * day);
    await pass(hour);
    expect(titles()).toEqual(['Your access key ends within 7 days']);
  });

  it('are of keys that were never looked at too: those of an account in use are read first, once', async () => {
    const asked: string[] = [];
    read = async (id) => {
      asked.push(id);
      await putKeys(5 * day);
    };
    await pass(hour);
    expect([asked, titles()]).toEqual([[], []]);
    watch?.markUsed('c1');
    await pass(2 * hour);
    expect([asked, titles()]).toEqual([['c1'], ['Your access key ends within 7 days']]);
  });

  it('come by what is kept where the provider cannot be asked', async () => {
    await putKeys(5 * day);
    read = () => Promise.reject(new AppError('offline'));
    watch?.markUsed('c1');
    await pass(hour);
    expect(titles()).toEqual(['Your access key ends within 7 days']);
  });

  it('are tried again where the desktop did not take them', async () => {
    notifier.isAvailable = false;
    await putKeys(5 * day);
    await pass(2 * hour);
    notifier.isAvailable = true;
    await pass(hour);
    expect(titles()).toEqual(['Your access key ends within 7 days']);
  });
});
