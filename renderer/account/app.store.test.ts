import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { startStores } from '../app/start-stores.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import { useAppStore } from './app.store.ts';

const notice = {
  kind: 'damaged-file-set-aside',
  what: 'profile',
  file: 'profile.damaged',
  at: '2026-03-01T09:00:00.000Z',
} as const;

describe('D3 what must be known about data on this computer', () => {
  it('hides a dismissed notice, also when the next snapshot still names it', async () => {
    const { services, pinia } = createTestHost();
    services.app = { ...services.app, notices: [notice] };
    const app = useAppStore(pinia);
    await app.start();
    expect(app.notices).toEqual([notice]);
    app.dismiss(notice);
    services.emit('app.changed', { ...services.app, notices: [notice, { ...notice, file: 'other' }] });
    expect(app.notices.map(({ file }) => file)).toEqual(['other']);
  });
});

describe('D1 start', () => {
  it('reads app, settings and connections, and no profile yet', async () => {
    const { services } = createTestHost();
    await startStores();
    expect(services.asked.map(({ channel }) => channel).sort()).toEqual([
      'app.snapshot',
      'connections.list',
      'settings.get',
    ]);
  });

  it('keeps why it could not', async () => {
    const { services } = createTestHost();
    services.faults.set('connections.list', new AppError('key-store-unavailable', { reason: 'key-store-locked' }));
    await startStores();
    expect(useAppStore().startError).toEqual({ code: 'key-store-unavailable', reason: 'key-store-locked' });
  });
});
