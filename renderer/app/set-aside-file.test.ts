import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import type { Notice } from '../../shared/contract/app.ts';
import { AppError } from '../../shared/contract/errors.ts';
import LateNotices from '../features/app-notices/LateNotices.vue';
import { hostKey } from '../host/host.ts';
import RootView from '../RootView.vue';
import { createTestHost } from '../testing/host-for-tests.ts';
import { settle } from '../testing/waiting.ts';
import { startStores } from './start-stores.ts';

const later: Notice = {
  kind: 'later-or-damaged',
  what: 'profile',
  file: 'profile-1.sealed',
  at: '2026-03-01T09:00:00.000Z',
  isInTheWay: true,
};

const question = () => document.querySelector('[role=alertdialog]');
const press = (within: ParentNode | null, text: string): void =>
  [...(within?.querySelectorAll('button') ?? [])].find((each) => each.textContent.trim() === text)?.click();
const offer = 'Set the file aside';

let unmount = (): void => undefined;
afterEach(() => unmount());

async function show(component: Component, notices: Notice[], fault?: AppError) {
  const { services, host, pinia } = createTestHost();
  services.app = { ...services.app, notices };
  if (fault) services.faults.set('accounts.list', fault);
  await startStores();
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { template: '<h1>The app</h1>' } }],
  });
  const global = {
    plugins: [pinia, router],
    provide: { [hostKey as symbol]: host },
    stubs: { RouterView: { template: '<h1>The app</h1>' } },
  };
  const wrapper = mount(component, { global, attachTo: document.body });
  unmount = () => wrapper.unmount();
  const asked = () => services.asked.filter(({ channel }) => channel === 'app.setAside').map(({ input }) => input);
  return { services, wrapper, asked };
}

async function ask(): Promise<void> {
  press(document.body, offer);
  await expect.poll(() => question()).not.toBeNull();
}

describe('L1 a file of a later version, or damaged, that is in the way', () => {
  it.each([
    [later, 'copy of what your service has'],
    [{ ...later, what: 'connections', file: 'connections.sealed' }, 'no longer knows which accounts'],
    [{ ...later, what: 'secrets', file: 'vault-key.json' }, 'the key to everything'],
    [{ ...later, what: 'secrets', file: 'tokens-1.sealed' }, 'You sign in again'],
    [{ ...later, what: 'secrets', file: 'device-1.sealed' }, 'knows this computer'],
    [{ ...later, what: 'sessions', file: 'sessions-1.sealed' }, 'Names that you gave'],
    [{ ...later, what: 'keys', file: 'identity-private-1.sealed' }, 'Private SSH keys'],
  ] as const)('is set aside after a question that says what is lost: %o', async (notice, loss) => {
    const { wrapper, asked } = await show(LateNotices, [notice]);
    await ask();
    expect(question()?.textContent).toContain(loss);
    expect(question()?.textContent).toContain(notice.file);
    expect(asked()).toEqual([]);
    press(question(), offer);
    await expect.poll(() => question()).toBeNull();
    expect(asked()).toEqual([{ file: notice.file }]);
    expect(wrapper.text()).toBe('');
  });

  it('stays where the person calls it off', async () => {
    const { wrapper, asked } = await show(LateNotices, [later]);
    await ask();
    press(question(), 'Cancel');
    await expect.poll(() => question()).toBeNull();
    expect([asked(), wrapper.text().includes(later.file)]).toEqual([[], true]);
  });

  it('says why it could not be, and asks on', async () => {
    const { services } = await show(LateNotices, [later]);
    services.faults.set('app.setAside', new AppError('storage-fault', { reason: 'folder-read-only' }));
    await ask();
    press(question(), offer);
    await expect.poll(() => question()?.textContent).toContain('could not be set aside');
  });

  it('offers nothing where the app goes on with it', async () => {
    const { isInTheWay: _, ...harmless } = later;
    const { wrapper } = await show(LateNotices, [harmless]);
    expect(wrapper.text()).toContain('Profile Desk goes on');
    expect(wrapper.text()).not.toContain(offer);
  });
});

describe('L1 D1 such a file that keeps the app from starting', () => {
  it('can be set aside there, and the app starts', async () => {
    const notice: Notice = { ...later, what: 'connections', file: 'connections.sealed' };
    const { services, wrapper } = await show(RootView, [notice], new AppError('storage-fault'));
    expect(wrapper.text()).toContain('could not start');
    await expect.poll(() => wrapper.text()).toContain(offer);
    await ask();
    services.faults.delete('accounts.list');
    press(question(), offer);
    await expect.poll(() => wrapper.text()).toBe('The app');
    await settle();
    expect(question()).toBeNull();
  });

  it('is no way out of anything else', async () => {
    const { wrapper } = await show(RootView, [], new AppError('storage-fault'));
    await settle();
    expect(wrapper.text()).toContain('could not start');
    expect(wrapper.text()).not.toContain(offer);
  });
});
