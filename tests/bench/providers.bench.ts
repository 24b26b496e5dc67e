import { Desk } from '../providers/conformance/desk.ts';
import type { Service, World } from '../providers/conformance/world.ts';
import { standIns } from '../providers/conformance/worlds/stand-ins.ts';
import { noKeys } from '../integration/services-under-test.ts';
import type { BenchRow } from './bench-row.ts';
import { createCountingTransport } from './counting-transport.ts';
import { percentile } from './measure.ts';

/** People of each service; the first of them warms up. */
const rounds = 6;
/** With the sign-in, what it reads, and the profile that opens: nobody waits for more, one after another. */
const maxRequests = 12;

/** From the sign-in to the profile at each service: requests of the app, and how long it takes on this computer. */
export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const service of standIns) rows.push(...(await measure(service)));
  return rows;
}

async function measure({ name, missing, start }: Service): Promise<BenchRow[]> {
  if (missing !== undefined) {
    console.log(`skipped: ${name}: ${missing}`);
    return [];
  }
  await using world = await start();
  const times: number[] = [];
  let requests = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { ms, sent } = await signInOnce(world);
    if (round > 0) times.push(ms);
    requests = Math.max(requests, sent);
  }
  return [
    {
      name: `${name}: requests from sign-in to profile`,
      measured: requests,
      unit: 'requests',
      target: { max: maxRequests, of: 'measured' },
    },
    { name: `${name}: the same, p50`, measured: percentile(times, 50), unit: 'ms' },
  ];
}

/** Somebody new, at a computer of their own. */
async function signInOnce(world: World): Promise<{ readonly ms: number; readonly sent: number }> {
  const person = await world.makePerson();
  const { transport, count } = createCountingTransport();
  const desk = await Desk.open(world, person, { transport, ssh: noKeys });
  const begun = performance.now();
  await desk.signIn();
  const ms = performance.now() - begun;
  const sent = count();
  await desk.close();
  return { ms, sent };
}
