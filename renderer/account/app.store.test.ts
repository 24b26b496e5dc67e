import { describe, expect, it } from 'vitest';
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
