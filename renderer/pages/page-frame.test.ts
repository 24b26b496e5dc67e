import { describe, expect, it } from 'vitest';
import { useAppStore } from '../account/app.store.ts';
import { useAccountsStore } from '../account/accounts.store.ts';
import { useReauthStore } from '../account/reauth.store.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import { mountWithHost } from '../testing/mount-with-host.ts';
import { settle } from '../testing/waiting.ts';
import PageFrame from './PageFrame.vue';

async function setUp(prepare: (testHost: ReturnType<typeof createTestHost>) => void = () => undefined) {
  const testHost = createTestHost();
  const { id } = testHost.services.addAccount();
  prepare(testHost);
  await Promise.all([useAppStore(testHost.pinia).start(), useAccountsStore(testHost.pinia).start()]);
  useReauthStore(testHost.pinia).start();
  await settle();
  return { id, ...mountWithHost(PageFrame, { title: 'Sessions' }, testHost) };
}

describe('D3 a page where there is no key store', () => {
  const prepare = ({ services }: ReturnType<typeof createTestHost>) => {
    services.app.storage = { protection: 'this-run-only', keyStore: null };
  };

  it('says until when everything is kept; once that is read, the title bar still does', async () => {
    const { wrapper } = await setUp(prepare);
    // The notices load late, and no time is too long for that here.
    await expect.poll(() => wrapper.text()).toContain('Nothing is saved after you close');
    await wrapper.find('button[aria-label=Dismiss]').trigger('click');
    expect(wrapper.text()).not.toContain('Nothing is saved after you close');
    expect(wrapper.text()).toContain('Until you close Profile Desk');
  });

  it('with one it says nothing of it', async () => {
    const { wrapper } = await setUp();
    expect(wrapper.text()).not.toContain('Until you close Profile Desk');
    expect(wrapper.text()).not.toContain('Nothing is saved');
  });
});

describe('E12 D5 the window of a proof', () => {
  it('is not offered for ending while nobody can be asked to', async () => {
    const validUntil = new Date(Date.now() + 600_000).toISOString();
    const { wrapper, services, id } = await setUp(({ services: { security } }) => {
      security.validUntil = validUntil;
    });
    await settle();
    const timer = () => wrapper.find('[role=timer]').exists();
    await expect.poll(timer).toBe(true);
    services.setState(id, { kind: 'offline', since: '2026-03-01T10:00:00.000Z', cause: { code: 'offline' } });
    await settle();
    expect(timer()).toBe(false);
  });
});
