import { describe, expect, it } from 'vitest';
import { createTestHost } from '../testing/host-for-tests.ts';
import { settle } from '../testing/waiting.ts';
import { useAccountsStore } from './accounts.store.ts';
import { followCurrent } from './follow-current.ts';

const cause = { code: 'offline' } as const;

async function setUp() {
  const { services, pinia, app } = createTestHost();
  const first = services.addAccount();
  const second = services.addAccount();
  const accounts = useAccountsStore(pinia);
  await accounts.start();
  const opened: string[] = [];
  app.runWithContext(() => followCurrent(async (id) => void opened.push(id)));
  return { services, accounts, first, second, opened };
}

describe('D5 following the account that is shown', () => {
  it('opens it at once, and another one when it is chosen', async () => {
    const { accounts, first, second, opened } = await setUp();
    expect(opened).toEqual([second.id]);
    await accounts.select(first.id);
    await settle();
    expect(opened).toEqual([second.id, first.id]);
  });

  it('opens it again when it can be reached again, and not for every word about it', async () => {
    const { services, second, opened } = await setUp();
    services.setState(second.id, { kind: 'online', since: '2026-03-01T11:00:00.000Z' });
    await settle();
    expect(opened).toHaveLength(1);
    services.setState(second.id, { kind: 'offline', since: '2026-03-01T11:00:00.000Z', cause });
    await settle();
    services.setState(second.id, { kind: 'online', since: '2026-03-01T12:00:00.000Z' });
    await settle();
    expect(opened).toHaveLength(3);
  });

  it('leaves one that is signed out alone', async () => {
    const { services, second, opened } = await setUp();
    services.setState(second.id, { kind: 'signed-out', sessionEnded: true });
    await settle();
    expect(opened).toHaveLength(1);
    services.setState(second.id, { kind: 'online', since: '2026-03-01T12:00:00.000Z' });
    await settle();
    expect(opened).toHaveLength(2);
  });
});
