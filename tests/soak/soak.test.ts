import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnWatched } from '../support/spawned.ts';
import type { Measures } from './soak.contract.ts';
import { oneArena, startSoak, type Soak } from './start-soak.ts';

const isFull = process.env['FULL'] === '1';
/** `refreshes` are of all accounts together. */
const size = isFull ? { refreshes: 10_000, locks: 1_000, flaps: 200 } : { refreshes: 150, locks: 15, flaps: 2 };
/** Of each, a part that is not counted: modules, compiled code and caches come with the first ones. */
const warmUp = 0.2;
const marks = isFull ? 8 : 1;

/** MB over Node alone. */
const maxOwnMb = 60;
/** MB over all that is counted of one kind of use. */
const maxGrowthMb = 1;
/**
 * JavaScript objects that come and go with connections and caches, whatever was done; a run of services is thousands.
 */
const maxObjects = 2_000;
/** Beyond those, of very many uses: nobody leaves one behind each time. */
const maxObjectsPerUse = 0.5;
const passphrase = 'seven tulips behind the mill';

let soak: Soak;
const figures: Record<string, unknown> = { size };
beforeAll(async () => {
  soak = await startSoak();
  figures['missing'] = soak.missing;
  const wish = { kind: 'new', text: passphrase, hint: null } as const;
  await soak.calls.vault.protect({ keyStore: true, passphrase: wish, current: null });
});
afterAll(async () => {
  const internal = await soak.app.close();
  await soak[Symbol.asyncDispose]();
  keepFigures();
  expect(internal).toEqual([]);
});

/** Uses the app `count` times by `act`, which is told how often, and holds what is left of that to the bounds. */
async function use(name: string, count: number, act: (times: number) => Promise<void>): Promise<void> {
  await act(Math.ceil(count * warmUp));
  const part = Math.ceil((count * (1 - warmUp)) / marks);
  const uses = part * marks;
  const taken = [await soak.app.measure()];
  for (let mark = 0; mark < marks; mark += 1) {
    await act(part);
    taken.push(await soak.app.measure());
  }
  const growth = {
    heapMb: (slopeOf(taken.map(({ heap }) => heap)) * marks) / 1_000_000,
    objects: slopeOf(taken.map(({ objects }) => objects)) * marks,
  };
  figures[name] = { uses, growth, taken };
  keepFigures();
  expect(growth.objects).toBeLessThan(Math.max(maxObjects, uses * maxObjectsPerUse));
  if (isFull) expect(growth.heapMb).toBeLessThan(maxGrowthMb);
  await expectNoMore(taken[0]!);
}

/** Connections that are kept alive, and the timers of what is over, end soon after. */
async function expectNoMore({ files, handles }: Measures): Promise<void> {
  const most = { files, handles: sum(handles) };
  await expect
    .poll(async () => {
      const now = await soak.app.measure();
      return [now.files <= most.files, sum(now.handles) <= most.handles] as const;
    })
    .toEqual([true, true]);
}

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, each) => all + each, 0);

/** Of the line that fits best (least squares), for each step. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((all, each) => all + each, 0) / values.length;
  const [rise, run] = values.reduce(
    ([rise, run], value, at) => [rise + (at - middle) * (value - mean), run + (at - middle) ** 2],
    [0, 0],
  );
  return rise / run;
}

describe('D5 X11 an app in use for long, signed in to every stand-in', () => {
  it(`keeps nothing of ${String(size.refreshes)} refreshes`, { timeout: 3_600_000 }, async () => {
    const { accountIds, app } = soak;
    expect(accountIds.length).toBeGreaterThan(8);
    await use('refreshes', size.refreshes, async (times) => {
      const rounds = Math.ceil(times / accountIds.length);
      expect(await app.refresh({ accountIds, rounds })).toBe(rounds * accountIds.length);
    });
  });

  it(`keeps nothing of ${String(size.flaps)} times without a network`, { timeout: 3_600_000 }, async () => {
    const { accountIds, app } = soak;
    await use('flaps', size.flaps, async (rounds) => {
      const all = rounds * accountIds.length;
      expect(await app.flap({ accountIds, rounds })).toEqual({ offline: all, online: all });
    });
  });

  it(`keeps nothing of ${String(size.locks)} locks, each opened again`, { timeout: 3_600_000 }, async () => {
    const { accountIds, app } = soak;
    await use('locks', size.locks, async (rounds) => {
      expect(await app.lock({ accountIds, rounds, passphrase })).toBe(rounds);
    });
    expect(await app.countServices()).toEqual({ Vault: 1, SignedInAccounts: 1, ProfileService: 1, AppService: 1 });
  });

  it(`takes at most ${String(maxOwnMb)} MB over Node alone`, async () => {
    const own = ((await soak.app.measure()).own - (await measureNode())) / 1_000_000;
    figures['ownMbOverNode'] = own;
    expect(own).toBeLessThan(maxOwnMb);
  });
});

/** Bytes of a Node that does nothing. */
async function measureNode(): Promise<number> {
  const file = join(import.meta.dirname, '../bench/own-memory.ts');
  const script = `import { ownMemory } from '${file}'; gc(); console.log('own', ownMemory());`;
  const options = ['--expose-gc', '--input-type=module', '-e', script];
  await using child = spawnWatched(process.execPath, options, { ...process.env, ...oneArena });
  return Number((await child.waitFor(/^own (\d+)/m))[1]);
}

function keepFigures(): void {
  if (!isFull) return;
  const reports = join(import.meta.dirname, '../../test-results/reports');
  mkdirSync(reports, { recursive: true });
  writeFileSync(join(reports, 'soak.json'), `${JSON.stringify(figures, null, 2)}\n`);
}
