import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { useAppStore } from '../../account/app.store.ts';
import { hostKey } from '../../host/host.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import AgeNotice from './AgeNotice.vue';

async function show(newVersionsAt: string | null) {
  const { services, host, pinia } = createTestHost();
  services.app = { ...services.app, age: { weeks: 11, newVersionsAt } };
  await useAppStore(pinia).start();
  return mount(AgeNotice, { global: { plugins: [pinia], provide: { [hostKey as symbol]: host } } });
}

describe('D6 the notice of an old copy', () => {
  it('says where newer ones are, and copies that address', async () => {
    const notice = await show('https://download.example.org/');
    expect(notice.text()).toContain('11 weeks old');
    expect(notice.text()).toContain('Newer versions are at https://download.example.org/');
    expect(notice.text()).toContain('Copy the address');
  });

  it('tells the age alone where there is no such address: it sends nobody nowhere', async () => {
    const notice = await show(null);
    expect(notice.text()).toContain('11 weeks old');
    expect(notice.text()).not.toMatch(/Newer versions|Copy the address|null/);
  });
});
