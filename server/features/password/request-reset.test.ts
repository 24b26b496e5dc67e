import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { defaultPreset } from '../../presets/presets.ts';
import { openTestDatabase } from '../../testing/test-database.ts';
import { createAccountsStore } from '../profile/accounts.store.ts';
import { createRequestReset } from './request-reset.ts';

function setUp(sendReset: (accountId: string, address: string) => string) {
  const { database, accountId } = openTestDatabase();
  const reported: unknown[] = [];
  const requestReset = createRequestReset(
    createAccountsStore(database, { now: () => 0 }),
    { sendReset },
    (_reference, cause) => reported.push(cause),
  );
  return { accountId, reported, requestReset };
}

describe('W9 asking for a reset link without a session', () => {
  it('sends it only after the answer, and only to who is there', async () => {
    const sent: string[][] = [];
    const { accountId, requestReset } = setUp((...all) => {
      sent.push(all);
      return '';
    });
    requestReset('nobody', 'http://x');
    requestReset(defaultPreset.demo.user.username, 'http://x');
    expect(sent).toEqual([]);
    await setImmediate();
    expect(sent).toEqual([[accountId, 'http://x']]);
  });

  it('puts a fault into the log, where it can not be told from outside', async () => {
    const fault = new Error('disk full');
    const { reported, requestReset } = setUp(() => {
      throw fault;
    });
    requestReset(defaultPreset.demo.user.username, 'http://x');
    await setImmediate();
    expect(reported).toEqual([fault]);
  });
});
