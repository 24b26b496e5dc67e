import { describe, expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import { useAccountsStore } from '../../account/accounts.store.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import { useToasts } from '../../ui/feedback/use-toasts.ts';
import { useProfileStore } from './profile.store.ts';
import UpdateMessages from './UpdateMessages.vue';
import { useProfileToasts } from './use-profile-toasts.ts';

const Page = defineComponent(() => {
  useProfileToasts();
  return () => h(UpdateMessages);
});

async function setUp() {
  const testHost = createTestHost();
  const { id } = testHost.services.addAccount();
  const profile = useProfileStore(testHost.pinia);
  await useAccountsStore(testHost.pinia).start();
  await profile.open(id);
  const { wrapper } = mountWithHost(Page, {}, testHost);
  const toasts = useToasts(testHost.pinia);
  const told = () => toasts.toasts.map(({ title }) => title);
  const banners = () => wrapper.findAll('[role=status], [role=alert]').map((each) => each.text());
  const elsewhere = async (changes: Parameters<typeof testHost.services.changeElsewhere>[2]) => {
    testHost.services.emit('profile.changed', testHost.services.changeElsewhere(id, 'contact', changes));
    await settle();
  };
  return { profile, told, banners, elsewhere };
}

describe('W2 changed elsewhere', () => {
  it('one banner names the field, the choice and what was taken over; nothing says it twice', async () => {
    const { profile, told, banners, elsewhere } = await setUp();
    profile.change('contact.city', 'Malmö');
    await elsewhere({ city: 'Uppsala', addressLine1: 'Storgatan 1' });
    expect(banners()).toEqual([
      'City was changed elsewhere. Choose which value stays, then Update.Address line 1 was taken over.',
    ]);
    profile.keepMine('contact.city');
    await settle();
    expect(banners()).toEqual([]);
    expect(told()).toEqual([]);
  });

  it('several fields are named in one sentence', async () => {
    const { profile, banners, elsewhere } = await setUp();
    profile.change('contact.city', 'Malmö');
    profile.change('contact.phone', '+46 8 1');
    await elsewhere({ city: 'Uppsala', phone: '+46 18 100 00 00' });
    expect(banners()).toEqual(['Phone and City were changed elsewhere. Choose which values stay, then Update.']);
  });

  it('where nothing has to be chosen, it is told in passing', async () => {
    const { profile, told, banners, elsewhere } = await setUp();
    profile.change('contact.city', 'Malmö');
    await elsewhere({ addressLine1: 'Storgatan 1' });
    expect(banners()).toEqual([]);
    expect(told()).toEqual(['Your changes were combined with newer ones']);
  });
});
