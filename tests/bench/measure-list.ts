import type { Page } from '@playwright/test';
import type { BenchRow } from './bench-row.ts';
import { percentile } from './measure.ts';

/** Pixels of the app's own window. */
export const viewport = { width: 1_180, height: 800 };
const opens = 7;
/** Measured scrolls. The best of them counts: other work on the computer can only make one slower. */
const scrolls = 5;
/** Frames of each. */
const frames = 120;

export interface ListFigures {
  /** Milliseconds from the press until the first row is on the screen, each time. */
  readonly opened: readonly number[];
  /** Frames a second while scrolling. */
  readonly rate: number;
  /** Elements in the page, the most of them at any time of the scroll. */
  readonly elements: number;
}

/** The figures of a list of `what` beside those of a plain table. */
export function compareWithTable(
  what: string,
  list: ListFigures & { readonly asked: readonly number[] },
  table: ListFigures,
): BenchRow[] {
  const name = 'plain table';
  const p50 = ({ opened }: ListFigures) => percentile(opened, 50);
  return [
    {
      name: `${what}: list open, p50`,
      measured: p50(list),
      unit: 'ms',
      against: { name, measured: p50(table) },
      target: { max: 300, of: 'measured' },
    },
    { name: 'the same with asking for them, p50', measured: percentile(list.asked, 50), unit: 'ms' },
    {
      name: `scrolling, best of ${String(scrolls)}`,
      measured: list.rate,
      unit: 'frames/s',
      against: { name, measured: table.rate },
      target: { min: 55, of: 'measured' },
    },
    {
      name: 'elements in the page',
      measured: list.elements,
      unit: 'elements',
      against: { name, measured: table.elements },
      target: { max: 999, of: 'measured' },
    },
  ];
}

/**
 * A long list at `path`. A link is good once. `asked`: from a page that knows no rows yet, with the call and both its
 * schemas.
 */
export async function measureList(
  page: Page,
  newLink: () => string,
  path: string,
): Promise<ListFigures & { readonly asked: readonly number[] }> {
  const asked: number[] = [];
  const opened: number[] = [];
  for (let round = 0; round < opens; round += 1) {
    await page.goto('about:blank');
    await page.goto(newLink());
    await page.locator('#field-user-firstName').waitFor();
    asked.push(await press(page, `a[href$="${path}"]`, '[role=grid] [aria-rowindex="2"]'));
    await press(page, 'a[href$="/profile"]', '#field-user-firstName');
    opened.push(await press(page, `a[href$="${path}"]`, '[role=grid] [aria-rowindex="2"]'));
  }
  return { asked, opened, ...(await scroll(page)) };
}

/** Milliseconds from the press until the element has been drawn. */
function press(page: Page, link: string, element: string): Promise<number> {
  return page.evaluate(
    async ([link, element]) => {
      const frame = () => new Promise(requestAnimationFrame);
      const begun = performance.now();
      document.querySelector<HTMLElement>(link)?.click();
      while (!document.querySelector(element)) await frame();
      await frame();
      return performance.now() - begun;
    },
    [link, element] as const,
  );
}

/** A plain table of as many rows. */
export async function measureTable(page: Page, count: number): Promise<ListFigures> {
  const opened: number[] = [];
  for (let round = 0; round < opens; round += 1) {
    await page.setContent(
      '<!doctype html><style>td { height: 63px; border-top: 1px solid #ddd }</style><table></table>',
    );
    opened.push(await page.evaluate(fillTable, count));
  }
  return { opened, ...(await scroll(page)) };
}

/** The cells of a row of the list, without its icons. */
async function fillTable(rows: number): Promise<number> {
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  const begun = performance.now();
  const body = document.createElement('tbody');
  for (let row = 0; row < rows; row += 1) {
    const line = body.insertRow();
    line.insertCell().append(Object.assign(document.createElement('input'), { type: 'checkbox' }));
    for (const text of ['Firefox 132 on Windows 11', `198.51.100.${String(row % 250)}`, '4 hours ago', '1 hour ago'])
      line.insertCell().append(text);
    line.insertCell().append(document.createElement('button'));
  }
  document.querySelector('table')?.append(body);
  await frame();
  await frame();
  return performance.now() - begun;
}

async function scroll(page: Page): Promise<Pick<ListFigures, 'rate' | 'elements'>> {
  const all: Awaited<ReturnType<typeof scrollOnce>>[] = [];
  for (let round = 0; round < scrolls; round += 1) all.push(await scrollOnce(page));
  return { rate: Math.max(...all.map(({ rate }) => rate)), elements: Math.max(...all.map(({ elements }) => elements)) };
}

/** From the top, 240 pixels a frame. */
function scrollOnce(page: Page): Promise<Pick<ListFigures, 'rate' | 'elements'>> {
  return page.evaluate(async (frames) => {
    const frame = () => new Promise(requestAnimationFrame);
    let elements = 0;
    scrollTo(0, 0);
    await frame();
    const begun = performance.now();
    for (let drawn = 0; drawn < frames; drawn += 1) {
      scrollBy(0, 240);
      await frame();
      elements = Math.max(elements, document.getElementsByTagName('*').length);
    }
    return { rate: (frames * 1_000) / (performance.now() - begun), elements };
  }, frames);
}
