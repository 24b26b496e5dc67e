import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { Storage } from '../../../shared/contract/app.ts';
import { useAppStore } from '../../account/app.store.ts';
import { hostKey } from '../../host/host.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { settle } from '../../testing/waiting.ts';
import AppNotices from './AppNotices.vue';

async function show(storage: Storage) {
  const { services, host, pinia } = createTestHost();
  services.app = { ...services.app, storage };
  await useAppStore(pinia).start();
  const provide = { [hostKey as symbol]: host };
  const wrapper = mount(AppNotices, { props: { isSigningIn: true }, global: { plugins: [pinia], provide } });
  // The notices load when there are some.
  await expect.poll(() => wrapper.find('[role=status] p').exists()).toBe(true);
  return { services, wrapper, button: wrapper.findAll('button').find((each) => each.text() === 'Start again') };
}

describe('D3 a key store that did not open', () => {
  it.each([
    [{ protection: 'locked', keyStore: 'Secret Service', restartHelps: true }, 'start Profile Desk again'],
    [{ protection: 'this-run-only', keyStore: null, restartHelps: true }, 'start Profile Desk again'],
  ] as const)('and is asked once a run: the way out is a new start, by a button (%o)', async (storage, text) => {
    const { services, wrapper, button } = await show(storage);
    expect(wrapper.text()).toContain(text);
    await button?.trigger('click');
    await settle();
    expect(services.asked.at(-1)?.channel).toBe('app.restart');
  });

  it.each([
    { protection: 'locked', keyStore: 'Secret Service' },
    { protection: 'this-run-only', keyStore: null },
  ] as const)('where a new start changes nothing, none is offered: %o', async (storage) => {
    const { wrapper, button } = await show(storage);
    expect(wrapper.find('[role=status]').exists()).toBe(true);
    expect(button).toBeUndefined();
  });
});
