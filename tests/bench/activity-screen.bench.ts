import { chromium } from '@playwright/test';
import { manyEntries } from '../../renderer/testing/sample-activity.ts';
import { chromiumLaunchOptions } from '../support/chromium.ts';
import { startScreens } from '../support/start-screens.ts';
import type { BenchRow } from './bench-row.ts';
import { compareWithTable, measureList, measureTable, viewport } from './measure-list.ts';

const count = 100_000;
/** What the plain table holds: one of all of them does not open in a minute. */
const tableCount = 10_000;

/** A hundred thousand entries of activity in Chromium, beside a plain table of a tenth of them. */
export async function run(): Promise<BenchRow[]> {
  await using screens = await startScreens();
  screens.services.addAccount();
  screens.services.activity.entries = manyEntries(count);
  await using browser = await chromium.launch(chromiumLaunchOptions());
  const list = await measureList(await browser.newPage({ viewport }), screens.newLink, '/activity');
  const table = await measureTable(await browser.newPage({ viewport }), tableCount);
  return compareWithTable(`${String(count)} entries of activity`, list, table);
}
