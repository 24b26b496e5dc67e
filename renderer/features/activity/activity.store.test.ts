import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { manyEntries, sampleChange } from '../../testing/sample-activity.ts';
import { createGate, settle } from '../../testing/waiting.ts';
import { useActivityStore } from './activity.store.ts';

function setUp() {
  const testHost = createTestHost();
  const { services, pinia } = testHost;
  const { id } = services.addAccount();
  const store = useActivityStore(pinia);
  const asked = (channel: string) => services.asked.filter((each) => each.channel === channel);
  const ids = () => store.shown?.entries.map(({ entry }) => entry.id) ?? [];
  return { ...testHost, fake: services.activity, id, store, asked, ids };
}

describe('X4 the activity of the account that is shown', () => {
  it('asks nobody before it is opened, and does not look again a moment later', async () => {
    const { services, id, store, asked } = setUp();
    expect(services.asked).toEqual([]);
    await store.open(id);
    await store.open(id);
    expect(asked('activity.look')).toHaveLength(1);
    await store.look();
    await store.open(services.addAccount().id);
    expect(asked('activity.look')).toHaveLength(3);
  });

  it('shows the newest, more once they are asked for, and each once', async () => {
    const { fake, id, store, ids } = setUp();
    fake.entries = manyEntries(450);
    await store.open(id);
    expect([ids().length, store.shown?.total]).toEqual([200, 450]);
    await Promise.all([store.loadMore(), store.loadMore()]);
    expect(ids().length).toBe(400);
    await store.loadMore();
    await store.loadMore();
    expect(ids()).toEqual(
      manyEntries(450)
        .map((entry) => entry.id)
        .toReversed(),
    );
  });

  it('puts what comes meanwhile before what is shown, which stays', async () => {
    const { fake, id, store, ids } = setUp();
    fake.entries = manyEntries(450);
    await store.open(id);
    await store.loadMore();
    fake.add(id, sampleChange({ id: 'late' }));
    await settle();
    expect([ids()[0], ids().length]).toEqual(['late', 401]);
    fake.add('another', sampleChange({ id: 'of another' }));
    await settle();
    expect(ids()[0]).toBe('late');
  });

  it('keeps what was new marked until the screen is left, then says that it was seen', async () => {
    const { fake, id, store, asked } = setUp();
    await store.open(id);
    expect(store.newCount).toBe(2);
    fake.add(id, sampleChange({ id: 'late' }));
    await settle();
    expect(store.newCount).toBe(3);
    store.endLook();
    expect(asked('activity.markSeen')).toHaveLength(1);
    await settle();
    await store.open(id);
    expect(store.newCount).toBe(0);
  });

  it('shows nothing of one filter under another, whichever answer comes first', async () => {
    const { services, id, store, ids } = setUp();
    await store.open(id);
    const { opened, open } = createGate();
    services.gates.set('activity.list', opened);
    store.area = 'mfa';
    await settle();
    services.gates.delete('activity.list');
    expect(ids()).toEqual([]);
    store.area = 'sessions';
    await settle();
    const sessions = ids();
    open();
    await settle();
    expect(ids()).toEqual(sessions);
    expect(sessions).toEqual(['c6', 'a5', 'c4']);
  });

  it('goes on looking where a page holds nothing but is not the last', async () => {
    const { fake, id, store, asked, ids } = setUp();
    fake.emptyPages = 2;
    await store.open(id);
    expect([asked('activity.list').length, ids().length]).toEqual([4, 12]);
  });

  it('says why it could not be opened, and why older ones could not, with what is there', async () => {
    const { services, fake, id, store, ids } = setUp();
    fake.entries = manyEntries(300);
    services.faults.set('activity.list', new AppError('storage-fault'));
    await store.open(id);
    expect([store.loadError?.code, store.shown]).toEqual(['storage-fault', undefined]);
    services.faults.clear();
    await store.retry();
    expect([store.loadError, ids().length]).toEqual([undefined, 200]);
    services.faults.set('activity.list', new AppError('storage-fault'));
    await store.loadMore();
    expect([store.loadError?.code, ids().length]).toEqual(['storage-fault', 200]);
    services.faults.clear();
    await store.retry();
    expect([store.loadError, ids().length]).toEqual([undefined, 300]);
  });

  it('shows nothing of one account in another', async () => {
    const { services, id, store } = setUp();
    await store.open(id);
    store.notByYou = true;
    const { id: other } = services.addAccount();
    const { opened, open } = createGate();
    services.gates.set('activity.list', opened);
    const opening = store.open(other);
    expect([store.shown, store.notByYou]).toEqual([undefined, false]);
    open();
    await opening;
    expect(store.accountId).toBe(other);
  });
});
