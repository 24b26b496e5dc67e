import { profile, type ProfileSnapshot } from '../../shared/contract/account/profile.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { createDispatcher } from '../../shared/rpc/dispatcher.ts';
import { createInMemoryTransport } from '../../shared/rpc/in-memory-transport.ts';
import { makeSections } from '../../electron/services/testing/make-sections.ts';
import type { BenchRow } from './bench-row.ts';
import { measureSideBySide, percentile } from './measure.ts';

const rounds = 5_000;
/** Microseconds. */
const maxRoundTrip = 50;

/** One call there and back: dispatcher, input schema, handler, output schema, and structured clone both ways. */
export async function run(): Promise<BenchRow[]> {
  return [
    await measure('profile round trip, both schemas, p50', makeSnapshot(), maxRoundTrip),
    await measure('the same with a picture of 30 KB, p50', makeSnapshot(30_000)),
  ];
}

async function measure(name: string, sample: ProfileSnapshot, max?: number): Promise<BenchRow> {
  const contract = { profile: { get: profile.get } };
  const handlers = { profile: { get: () => sample } };
  const dispatcher = createDispatcher(contract, handlers, { isTrusted: () => true, report: () => 'reference' });
  const client = createClient<typeof contract>(createInMemoryTransport(dispatcher, undefined));
  const input = { accountId: sample.accountId, from: 'provider' } as const;
  const clone = 'structured clone alone';
  const times = await measureSideBySide(
    [
      { name, act: () => client.calls.profile.get(input) },
      { name: clone, act: () => structuredClone({ input: structuredClone(input), value: structuredClone(sample) }) },
    ],
    rounds,
  );
  const p50 = (contender: string) => percentile(times[contender] ?? [], 50) * 1_000;
  return {
    name,
    measured: p50(name),
    unit: 'µs',
    against: { name: clone, measured: p50(clone) },
    ...(max !== undefined && { target: { max, of: 'measured' } }),
  };
}

function makeSnapshot(pictureBytes = 0): ProfileSnapshot {
  const sections = makeSections();
  const picture = `data:image/png;base64,${Buffer.alloc(pictureBytes, 'picture').toString('base64')}`;
  const avatar = { ...sections.avatar, values: { image: pictureBytes > 0 ? picture : null } };
  return {
    accountId: 'account-1',
    source: 'provider',
    takenAt: '2026-11-21T08:00:00.000Z',
    sequence: 1,
    offers: [],
    operations: {},
    sections: { ...sections, avatar },
  };
}
