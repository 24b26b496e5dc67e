import { expect, it } from 'vitest';
import { createManualClock } from '../../electron/services/testing/manual-clock.ts';
import { createMemoryNotifier } from '../../electron/services/testing/memory-clipboard.ts';
import { contactCenter } from '../../server/presets/contact-center.ts';
import { openAccount } from './account-under-test.ts';

const start = Date.UTC(2026, 0, 15, 12);
const day = 86_400_000;

it('X3 a key made elsewhere is told of before it ends, though nobody looked at the keys here', async () => {
  const [clock, notifier] = [createManualClock(start), createMemoryNotifier()];
  await using at = await openAccount(contactCenter, { clock, notifier });
  const { accounts, accessKeys } = at.server.server.stores;
  accessKeys.make(accounts.findDemo() ?? '', 'Dialer', start + 3 * day);
  await at.app.calls.profile.get({ accountId: at.accountId, from: 'provider' });
  await clock.advance(10_000);
  await expect.poll(() => notifier.shown.map(({ title }) => title)).toEqual(['Your access key ends within 7 days']);
});
