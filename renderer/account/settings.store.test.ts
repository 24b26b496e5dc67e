import { afterEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { AppError } from '../../shared/contract/errors.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import { useSettingsStore } from './settings.store.ts';

afterEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset['theme'];
});

async function setUp() {
  const testHost = createTestHost();
  const store = useSettingsStore(testHost.pinia);
  await store.start();
  return { ...testHost, store };
}

describe('X13 theme', () => {
  it('follows the system until something is chosen', async () => {
    const { store } = await setUp();
    expect(store.theme).toBe('system');
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  it('takes effect at once, is kept, and leaves the hint for the first paint of the next start', async () => {
    const { store, services } = await setUp();
    const keeping = store.setTheme('dark');
    await nextTick();
    expect(document.documentElement.dataset['theme']).toBe('dark');
    await keeping;
    expect(services.settings).toMatchObject({ theme: 'dark', lockAfterMinutes: null });
    expect(localStorage.getItem('theme')).toBe('dark');
  });

  it('goes back to the system without a trace', async () => {
    const { store } = await setUp();
    await store.setTheme('light');
    await store.setTheme('system');
    await nextTick();
    expect(document.documentElement.dataset['theme']).toBeUndefined();
    expect(localStorage.getItem('theme')).toBeNull();
  });

  it('says when the choice cannot be kept, and shows it all the same', async () => {
    const { store, services } = await setUp();
    services.faults.set('settings.update', new AppError('storage-fault'));
    await store.setTheme('dark');
    expect(store.error).toEqual({ code: 'storage-fault' });
    expect(store.theme).toBe('dark');
  });
});
