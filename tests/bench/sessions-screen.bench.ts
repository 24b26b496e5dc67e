import { chromium } from '@playwright/test';
import { sampleSessions } from '../../renderer/testing/sample-sessions.ts';
import { chromiumLaunchOptions } from '../support/chromium.ts';
import { startScreens } from '../support/start-screens.ts';
import type { BenchRow } from './bench-row.ts';
import { compareWithTable, measureList, measureTable, viewport } from './measure-list.ts';

const count = 10_000;

/** Ten thousand sessions in Chromium, beside a plain table of the same rows in the same browser. */
export async function run(): Promise<BenchRow[]> {
  await using screens = await startScreens();
  screens.services.addAccount();
  screens.services.sessions.sessions = sampleSessions(count);
  await using browser = await chromium.launch(chromiumLaunchOptions());
  const list = await measureList(await browser.newPage({ viewport }), screens.newLink, '/sessions');
  const table = await measureTable(await browser.newPage({ viewport }), count);
  return compareWithTable(`${String(count)} sessions`, list, table);
}
