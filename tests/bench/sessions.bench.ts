import { join } from 'node:path';
import { openApp } from '../integration/services-under-test.ts';
import { spawnWatched } from '../support/spawned.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import type { BenchRow } from './bench-row.ts';
import { measureSideBySide, percentile } from './measure.ts';
import { measureGrowth } from './session-growth.ts';

const rounds = 20;
/** What opens first is the list from the cache. */
const maxMs = 300;

const fromProvider = 'list from the provider';
const fromCache = 'list from the cache';
const plain = 'fetch and JSON.parse alone';
const parse = 'JSON.parse alone';

/** 10,000 sessions through the services: schemas, User-Agents, the sealed cache and the rpc. */
export async function run(): Promise<BenchRow[]> {
  await using child = spawnWatched(process.execPath, [join(import.meta.dirname, 'serve-sessions.ts'), '10000']);
  const [line] = await child.waitFor(/\{.*\}/);
  const server = JSON.parse(line) as { address: string; identifier: string; password: string; accessToken: string };
  const fetchText = async () =>
    (
      await fetch(`${server.address}/me/sessions`, { headers: { Authorization: `Bearer ${server.accessToken}` } })
    ).text();
  const body = await fetchText();

  using folder = makeTempFolder();
  const app = await openApp(folder.path);
  const list = await signIn(app, server);
  const first = await timeOf(() => list('provider'));
  const times = await measureSideBySide(
    [
      { name: fromProvider, act: () => list('provider') },
      { name: fromCache, act: () => list('cache') },
      { name: plain, act: async () => JSON.parse(await fetchText()) as unknown },
      { name: parse, act: () => JSON.parse(body) as unknown },
    ],
    rounds,
  );
  await app.close();
  return [...rowsOf(first, (name) => percentile(times[name] ?? [], 50)), ...(await measureGrowth())];
}

async function signIn(
  app: Awaited<ReturnType<typeof openApp>>,
  { address, identifier, password }: { address: string; identifier: string; password: string },
) {
  const signedIn = await app.calls.auth.signIn({ target: { kind: 'address', address }, identifier, password });
  if (signedIn.next !== 'done') throw new Error('a code was asked for');
  const { accountId } = signedIn;
  return (from: 'provider' | 'cache') => app.calls.sessions.list({ accountId, from });
}

function rowsOf(first: number, p50: (name: string) => number): BenchRow[] {
  const row = (name: string, measured: number, against: string): BenchRow => ({
    name: `10,000 sessions, ${name}`,
    measured,
    unit: 'ms',
    against: { name: against, measured: p50(against) },
  });
  return [
    row('first list of a run, every User-Agent new', first, plain),
    { ...row(`${fromProvider}, p50`, p50(fromProvider), plain), target: { max: maxMs, of: 'measured' } },
    { ...row(`${fromCache}, p50`, p50(fromCache), parse), target: { max: maxMs, of: 'measured' } },
  ];
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
