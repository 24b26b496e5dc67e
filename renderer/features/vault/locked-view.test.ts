import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { mount } from '@vue/test-utils';
import type { Storage } from '../../../shared/contract/app.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { startStores } from '../../app/start-stores.ts';
import type { Pinia } from 'pinia';
import { hostKey, type Host } from '../../host/host.ts';
import RootView from '../../RootView.vue';
import { createTestHost } from '../../testing/host-for-tests.ts';
import '../../testing/load-all-texts.ts';
import { settle } from '../../testing/waiting.ts';

let unmount = (): void => undefined;
afterEach(() => unmount());

const page = { template: '<h1>The app</h1>' };

/** A start on a folder that does not open, at the page of sessions. */
async function start(storage: Storage, reason: 'passphrase-needed' | 'key-store-locked' | 'key-store-changed') {
  const { services, host, pinia } = createTestHost();
  services.app = { ...services.app, storage };
  services.faults.set('accounts.list', new AppError('key-store-unavailable', { reason }));
  await startStores();
  return { services, ...(await show(host, pinia)) };
}

/** As the page is drawn, whether or not it has been started. */
async function show(host: Host, pinia: Pinia, starting: Promise<void> = Promise.resolve()) {
  starting.catch(() => undefined);
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['connect', 'profile', 'sessions'].map((name) => ({ path: `/${name}`, name, component: page })),
  });
  await router.push('/sessions');
  const provide = { [hostKey as symbol]: host };
  const wrapper = mount(RootView, { global: { plugins: [pinia, router], provide }, attachTo: document.body });
  unmount = () => wrapper.unmount();
  await expect.poll(() => wrapper.find('h1').exists()).toBe(true);
  async function press(text: string, within: ParentNode = document.body): Promise<void> {
    [...within.querySelectorAll('button')].find((each) => each.textContent.trim() === text)?.click();
    await settle();
  }
  return { wrapper, press, router };
}

const locked: Storage = { protection: 'locked', keyStore: null, unlock: { hint: 'an animal', waitUntil: null } };
const field = () => document.getElementById('unlock-passphrase') as HTMLInputElement;

async function type(text: string): Promise<void> {
  field().value = text;
  field().dispatchEvent(new Event('input'));
  await settle();
}

describe('D3 a start where a passphrase opens what is kept', () => {
  it('asks for it with the hint, says a wrong one, and goes on where the person was', async () => {
    const { services, wrapper, press, router } = await start(locked, 'passphrase-needed');
    services.vault.passphrase = 'correct horse';
    expect(wrapper.text()).toContain('Unlock Profile Desk');
    expect(document.getElementById(field().getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'Hint: an animal',
    );
    await expect.poll(() => document.activeElement?.id).toBe('unlock-passphrase');
    await type('wrong horse');
    await press('Unlock');
    expect(wrapper.text()).toContain('This is not the passphrase.');
    expect(field().value).toBe('wrong horse');
    await type('correct horse');
    await press('Unlock');
    await expect.poll(() => wrapper.text()).toBe('The app');
    expect(router.currentRoute.value.name).toBe('sessions');
  });

  it('makes wait after wrong ones, also where the wait is from the run before', async () => {
    const waitUntil = new Date(Date.now() + 60_000).toISOString();
    const { services, wrapper, press } = await start(
      { ...locked, unlock: { hint: null, waitUntil } },
      'passphrase-needed',
    );
    await type('correct horse');
    expect(wrapper.text()).toMatch(/Wrong passphrases make you wait. Try again in/);
    await press('Unlock');
    // As by Enter in the field.
    wrapper.find('form').element.dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
    expect(services.asked.map(({ channel }) => channel)).not.toContain('vault.unlock');
  });

  it.each([
    ['locked', 'is not there, is locked, or refused. Your passphrase opens your data too'],
    ['changed', 'it was emptied, or another one is in use'],
  ] as const)('explains a key store that is %s', async (keyStoreProblem, text) => {
    const storage = { ...locked, keyStore: 'Secret Service', keyStoreProblem };
    const { wrapper } = await start(storage, 'passphrase-needed');
    expect(wrapper.text()).toContain('Secret Service');
    expect(wrapper.text()).toContain(text);
  });

  it('goes on without it after a question that says what is lost', async () => {
    const { services, wrapper, press } = await start(locked, 'passphrase-needed');
    await press('Go on without what is saved');
    const question = document.querySelector('[role=alertdialog]')!;
    expect(question.textContent).toContain('private SSH keys that are saved only here are lost');
    await press('Cancel', question);
    expect(services.asked.map(({ channel }) => channel)).not.toContain('vault.giveUp');
    await press('Go on without what is saved');
    await press('Go on without it', document.querySelector('[role=alertdialog]')!);
    await expect.poll(() => wrapper.text()).toBe('The app');
  });
});

describe('D3 a start where the key store takes its time', () => {
  it('says so, takes the passphrase meanwhile, and goes on where the person was', async () => {
    const { services, host, pinia } = createTestHost();
    services.addAccount();
    services.app.storage = { ...locked, protection: 'key-store', keyStore: 'KWallet' };
    services.vault.passphrase = 'correct horse';
    let answer = (): void => undefined;
    services.gates.set('accounts.list', new Promise((resolve) => (answer = resolve)));
    const { wrapper, router, press } = await show(host, pinia, startStores());
    expect(wrapper.text()).toContain('Waiting for the key store');
    expect(wrapper.text()).toContain('KWallet');
    expect(wrapper.text()).not.toContain('Go on without');
    await type('correct horse');
    await press('Unlock');
    answer();
    await expect.poll(() => wrapper.text()).toBe('The app');
    expect(router.currentRoute.value.name).toBe('sessions');
  });

  it('goes on by itself once that answers, and never shows a page before', async () => {
    const { services, host, pinia } = createTestHost();
    services.addAccount();
    services.app.storage = { protection: 'key-store', keyStore: 'KWallet' };
    let answer = (): void => undefined;
    services.gates.set('accounts.list', new Promise((resolve) => (answer = resolve)));
    const { wrapper } = await show(host, pinia, startStores());
    expect(wrapper.find('input').exists()).toBe(false);
    answer();
    await expect.poll(() => wrapper.text()).toBe('The app');
  });
});

describe('D3 a start where the key store does not open what is kept', () => {
  it.each([
    [
      { protection: 'locked', keyStore: 'KWallet', keyStoreProblem: 'locked' },
      'key-store-locked',
      'Start or unlock it',
    ],
    [{ protection: 'locked', keyStore: 'KWallet', keyStoreProblem: 'changed' }, 'key-store-changed', 'bring it back'],
  ] as const)('says so, with ways on: %o', async (storage, reason, text) => {
    const { services, wrapper, press } = await start(storage, reason);
    expect(wrapper.text()).toContain(text);
    expect(wrapper.text()).toContain('KWallet');
    expect(wrapper.text()).toContain('Go on without what is saved');
    await press('Try again');
    expect(wrapper.text()).toContain(text);
    services.faults.delete('accounts.list');
    await press('Try again');
    await expect.poll(() => wrapper.text()).toBe('The app');
  });

  it('offers a new start where it is asked once in a run', async () => {
    const storage = {
      protection: 'locked',
      keyStore: 'KWallet',
      keyStoreProblem: 'locked',
      restartHelps: true,
    } as const;
    const { services, press, wrapper } = await start(storage, 'key-store-locked');
    expect(wrapper.text()).not.toContain('Try again');
    await press('Start again');
    expect(services.asked.at(-1)?.channel).toBe('app.restart');
  });
});

describe('X11 a page that was not told of the lock', () => {
  it('shows nothing of the person any more once it hears how it is by now, and begins anew', async () => {
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => undefined);
    const { services, host, pinia, resync } = createTestHost();
    services.app = { ...services.app, storage: { ...locked, protection: 'passphrase' } };
    const { wrapper } = await show(host, pinia, startStores());
    await expect.poll(() => wrapper.text()).toContain('The app');
    services.app = { ...services.app, storage: locked };
    resync();
    await expect.poll(() => reload).toHaveBeenCalledOnce();
    expect(wrapper.text()).not.toContain('The app');
    reload.mockRestore();
  });
});
