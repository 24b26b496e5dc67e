import { chromium, type Page } from '@playwright/test';
import type { FakeServices } from '../../renderer/testing/fake-services.ts';
import { sampleSshKey, sampleImportRow } from '../../renderer/testing/sample-ssh-keys.ts';
import { chromiumLaunchOptions } from '../support/chromium.ts';
import { startScreens } from '../support/start-screens.ts';
import type { BenchRow } from './bench-row.ts';
import { compareWithTable, measureList, measureTable, viewport } from './measure-list.ts';

const count = 10_000;
const files = 1_000;
/** As the services read them: an event for each. */
const filesAtOnce = 50;
/** Measured imports. The best of them counts: other work on the computer can only make one slower. */
const imports = 3;

/**
 * Ten thousand SSH keys in Chromium beside a plain table, and a thousand files that become rows while they are
 * read.
 */
export async function run(): Promise<BenchRow[]> {
  await using screens = await startScreens();
  const { services, newLink } = screens;
  services.addAccount();
  services.sshKeys.keys = Array.from({ length: count }, (_, at) =>
    sampleSshKey({ id: `ik${String(at)}`, title: `mara@host-${String(at)}`, hasPrivateHalf: at % 3 === 0 }),
  );
  services.sshKeys.head = { ...services.sshKeys.head, limit: null };
  await using browser = await chromium.launch(chromiumLaunchOptions());
  const list = await measureList(await browser.newPage({ viewport }), newLink, '/identity-keys');
  const table = await measureTable(await browser.newPage({ viewport }), count);
  const page = await browser.newPage({ viewport });
  const longest: number[] = [];
  for (let round = 0; round < imports; round += 1) longest.push(await importFiles(page, newLink(), services));
  return [
    ...compareWithTable(`${String(count)} identity keys`, list, table),
    {
      name: `${String(files)} files become rows: longest task of the page, best of ${String(imports)} (0: none over 50)`,
      measured: Math.min(...longest),
      unit: 'ms',
      target: { max: 50, of: 'measured' },
    },
  ];
}

/** The longest task in milliseconds, as the browser reports them from 50 on; 0 if there was none. */
async function importFiles(page: Page, url: string, { sshKeys }: FakeServices): Promise<number> {
  sshKeys.batch = null;
  sshKeys.isSlow = true;
  await page.goto('about:blank');
  await page.goto(url);
  await page.locator('a[href$="/identity-keys"]').click();
  await page.getByRole('button', { name: 'Add keys' }).click();
  await page.getByRole('menuitem', { name: 'Choose a folder' }).click();
  await page.getByRole('progressbar').waitFor();
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { tasks });
    new PerformanceObserver((seen) => tasks.push(...seen.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  });
  for (let at = 0; at < files; at += filesAtOnce) {
    const rows = Array.from({ length: filesAtOnce }, (_, row) =>
      sampleImportRow({
        rowId: `r${String(at + row)}`,
        fileName: `id_${String(at + row)}`,
        sha256: `SHA256:${String(at + row)}`,
      }),
    );
    sshKeys.progress(
      { total: files, done: at + filesAtOnce, ...(at + filesAtOnce === files && { state: 'done' }) },
      rows,
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await page.getByRole('button', { name: `Add all good ones (${files.toLocaleString('en')})` }).waitFor();
  return page.evaluate(() => Math.max(0, ...(globalThis as unknown as { tasks: number[] }).tasks));
}
