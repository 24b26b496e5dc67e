import { profile, type ProfileSnapshot } from '../../shared/contract/profile.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { createDispatcher } from '../../shared/rpc/dispatcher.ts';
import { createInMemoryTransport } from '../../shared/rpc/in-memory-transport.ts';
import type { BenchRow } from './bench-row.ts';
import { measureSideBySide, percentile } from './measure.ts';
import { makeProfileSample } from './profile-sample.ts';

const rounds = 5_000;
/** Microseconds. */
const maxRoundTrip = 50;

/** One call there and back: dispatcher, input schema, handler, output schema, and structured clone both ways. */
export async function run(): Promise<BenchRow[]> {
  return [
    await measure('profile round trip, both schemas, p50', makeProfileSample(), maxRoundTrip),
    await measure('the same with a picture of 30 KB, p50', makeProfileSample(30_000)),
  ];
}

async function measure(name: string, sample: ProfileSnapshot, max?: number): Promise<BenchRow> {
  const contract = { profile: { get: profile.get } };
  const handlers = { profile: { get: () => sample } };
  const dispatcher = createDispatcher(contract, handlers, { isTrusted: () => true, report: () => 'reference' });
  const client = createClient<typeof contract>(createInMemoryTransport(dispatcher, undefined));
  const input = { connectionId: sample.connectionId, from: 'provider' } as const;
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
