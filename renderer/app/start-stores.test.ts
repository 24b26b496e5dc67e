import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { useAppStore } from '../account/app.store.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import { startStores } from './start-stores.ts';

describe('D1 start', () => {
  it('reads app, settings, accounts and which have a draft, and no profile yet', async () => {
    const { services } = createTestHost();
    await startStores();
    expect(services.asked.map(({ channel }) => channel).sort()).toEqual([
      'accounts.list',
      'app.snapshot',
      'drafts.list',
      'settings.get',
    ]);
  });

  it('keeps why it could not', async () => {
    const { services } = createTestHost();
    services.faults.set('accounts.list', new AppError('key-store-unavailable', { reason: 'key-store-locked' }));
    await startStores();
    expect(useAppStore().startError).toEqual({ code: 'key-store-unavailable', reason: 'key-store-locked' });
  });
});
