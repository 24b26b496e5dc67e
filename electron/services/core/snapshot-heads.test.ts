import { expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { createSequence } from './sequence.ts';
import { createSnapshotHeads } from './snapshot-heads.ts';

it('what was asked for before a change is older than the change, though its answer came later', async () => {
  const clock = createManualClock();
  const sequence = createSequence(clock);
  const headOf = createSnapshotHeads(clock, sequence);
  const asked = sequence();
  const change = headOf('a');
  await clock.advance(1_000);
  const reading = headOf('a', asked);
  expect(reading).toMatchObject({ accountId: 'a', source: 'provider', takenAt: '2026-01-01T00:00:01.000Z' });
  expect(reading.sequence).toBeLessThan(change.sequence);
});
