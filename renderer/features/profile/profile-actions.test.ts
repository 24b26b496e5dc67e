import { describe, expect, it } from 'vitest';
import { useAccountsStore } from '../../account/accounts.store.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import { useToasts } from '../../ui/feedback/use-toasts.ts';
import LeaveDialog from './leave/LeaveDialog.vue';
import ThresholdList from './notifications/ThresholdList.vue';
import { useProfileStore } from './profile.store.ts';
import ProfileActions from './ProfileActions.vue';

async function setUp() {
  const testHost = createTestHost();
  const { id } = testHost.services.addAccount();
  const profile = useProfileStore(testHost.pinia);
  await useAccountsStore(testHost.pinia).start();
  await profile.open(id);
  const toasts = useToasts(testHost.pinia);
  const undo = () => toasts.undo(toasts.toasts[0]!);
  return { testHost, profile, toasts, undo };
}

describe('W2 what is dropped can be brought back', () => {
  it('all changes, from the toast that tells they are gone', async () => {
    const { testHost, profile, toasts, undo } = await setUp();
    const { wrapper } = mountWithHost(ProfileActions, {}, testHost);
    profile.change('contact.city', 'Malmö');
    await settle();
    await wrapper.find('button').trigger('click');
    expect(profile.isDirty).toBe(false);
    expect(toasts.toasts.map(({ title }) => title)).toEqual(['Changes discarded']);
    undo();
    expect(profile.valueOf('contact.city')).toBe('Malmö');
  });

  it('also what the question before leaving discarded, of an account that is not shown any more', async () => {
    const { testHost, profile, toasts, undo } = await setUp();
    const id = profile.accountId;
    const kept = () => testHost.services.drafts.kept.get(id)?.edits;
    const { wrapper } = mountWithHost(LeaveDialog, {}, testHost);
    profile.change('contact.city', 'Malmö');
    await profile.keep();
    [...document.querySelectorAll('button')].find((button) => button.textContent.trim() === 'Discard')?.click();
    expect(wrapper.emitted('answer')).toEqual([[true]]);
    await expect.poll(kept).toBeUndefined();
    await profile.open(testHost.services.addAccount().id);
    expect(toasts.toasts.map(({ title }) => title)).toEqual(['Changes discarded']);
    undo();
    expect(profile.isDirty).toBe(false);
    await expect.poll(kept).toMatchObject([{ mine: 'Malmö' }]);
    await profile.open(id);
    expect(profile.valueOf('contact.city')).toBe('Malmö');
  });

  it('nothing of an account that was removed meanwhile', async () => {
    const { testHost, profile, undo } = await setUp();
    const { wrapper } = mountWithHost(ProfileActions, {}, testHost);
    profile.change('contact.city', 'Malmö');
    await settle();
    await wrapper.find('button').trigger('click');
    const accounts = useAccountsStore(testHost.pinia);
    await accounts.signOut(accounts.current!, { forget: true });
    await expect.poll(() => accounts.find(profile.accountId)).toBeUndefined();
    const before = testHost.services.asked.length;
    undo();
    await settle();
    expect(testHost.services.asked.slice(before)).toEqual([]);
  });

  it('W5 a threshold, at its place; not among those of another account', async () => {
    const { testHost, profile, toasts, undo } = await setUp();
    const before = profile.valueOf('notifications.thresholds');
    const { wrapper } = mountWithHost(ThresholdList, {}, testHost);
    const remove = () => wrapper.find('button[aria-label="Remove threshold 1"]').trigger('click');
    await remove();
    expect(profile.valueOf('notifications.thresholds')).not.toEqual(before);
    expect(toasts.toasts.map(({ title }) => title)).toEqual(['Threshold removed']);
    undo();
    expect(profile.valueOf('notifications.thresholds')).toEqual(before);
    expect(profile.isDirty).toBe(false);
    await remove();
    await profile.open(testHost.services.addAccount().id);
    undo();
    expect(profile.isDirty).toBe(false);
  });
});
