import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumLaunchOptions } from '../support/chromium.ts';
import { missingKeyringPrograms } from '../support/gnome-keyring.ts';
import { startKeyringSession } from '../support/keyring-session.ts';
import { spawnWatched } from '../support/spawned.ts';
import { startPreview } from '../support/start-preview.ts';
import { startServer } from '../support/start-server.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import type { BenchRow } from './bench-row.ts';
import { percentile } from './measure.ts';
import { serveStill } from './serve-still.ts';

const starts = 15;

/** From nothing to services that answer, and from nothing to a cached profile that can be read. */
export async function run(): Promise<BenchRow[]> {
  return [...(await measureServices()), ...(await measureWindow())];
}

/** Each time in a process of its own, because a second start in one would find everything warm. */
async function measureServices(): Promise<BenchRow[]> {
  const times: { load: number; start: number }[] = [];
  using folder = makeTempFolder();
  for (let count = 0; count < starts; count += 1) {
    await using child = spawnWatched(process.execPath, [join(import.meta.dirname, 'start-services.ts'), folder.path]);
    const [line] = await child.waitFor(/\{.*\}/);
    times.push(JSON.parse(line) as { load: number; start: number });
  }
  const p50 = (values: readonly number[]) => percentile(values, 50);
  return [
    {
      name: 'services start, p50',
      measured: p50(times.map(({ start }) => start)),
      unit: 'ms',
      target: { max: 50, of: 'measured' },
    },
    {
      name: 'reading their modules from TypeScript before that, p50',
      measured: p50(times.map(({ load }) => load)),
      unit: 'ms',
    },
  ];
}

/** Of the profile screen, and the first thing to read there. */
const profileField = '#field-user-firstName';
const cached = 'cached profile';
const still = 'the same screen as HTML and CSS';
const blank = 'blank page';

/** From the start of the browser's process, without a network, with a real key store; the three in turns. */
async function measureWindow(): Promise<BenchRow[]> {
  if (missingKeyringPrograms().length > 0) return [];
  using folder = makeTempFolder();
  await using session = await startKeyringSession(join(folder.path, 'home'));
  const options = { dataFolder: join(folder.path, 'data'), session };
  await signInOnce(options, join(folder.path, 'server'));
  await using app = await startPreview(options);
  await using page = await serveStill((await app.newLink()).url, profileField);
  const times: Record<string, number[]> = { [cached]: [], [still]: [], [blank]: [] };
  for (let count = 0; count < starts; count += 1) {
    times[cached]?.push(await launchAndSee((await app.newLink()).url, profileField));
    times[still]?.push(await launchAndSee(page.address, profileField));
    times[blank]?.push(await launchAndSee(`${page.address}blank`, 'body'));
  }
  const p50 = (name: string) => percentile(times[name] ?? [], 50);
  const row = { name: 'cached profile visible after launch, p50', measured: p50(cached), unit: 'ms' } as const;
  return [
    { ...row, against: { name: still, measured: p50(still) }, target: { max: 1.25, of: 'ratio' } },
    { ...row, against: { name: blank, measured: p50(blank) } },
  ];
}

/** Milliseconds from the start of a browser until the element is on its screen. */
async function launchAndSee(url: string, element: string): Promise<number> {
  const begun = performance.now();
  await using browser = await chromium.launch(chromiumLaunchOptions());
  const page = await browser.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  // The body of a blank page has no height, so it never counts as visible.
  await page.locator(element).waitFor({ state: element === 'body' ? 'attached' : 'visible' });
  // On the screen is what two frames have been drawn with.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return performance.now() - begun;
}

async function signInOnce(options: Parameters<typeof startPreview>[0], serverFolder: string): Promise<void> {
  await using server = await startServer({ dataFolder: serverFolder });
  await using app = await startPreview(options);
  await using browser = await chromium.launch(chromiumLaunchOptions());
  const page = await browser.newPage();
  await page.goto(app.url);
  await page.getByRole('button', { name: 'Connect to a service' }).click();
  await page.getByLabel('Address of the service').fill(server.address);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('E-mail or username').fill(server.demo.identifier);
  await page.getByLabel('Password', { exact: true }).fill(server.demo.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.locator(profileField).waitFor();
  await app.stop();
}
