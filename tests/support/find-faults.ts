import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';

/** Tags of axe. */
export const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Those of `wcag` whose verdict a colour can change. */
export const ofColours = ['color-contrast', 'link-in-text-block'];

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * One line for each rule of axe (WCAG 2.2 AA) that the page breaks as it stands, with where; of all rules or those of
 * colours.
 */
export async function findFaults(page: Page, which: 'all' | 'colours' = 'all'): Promise<string[]> {
  // 0.7 MB to compile, so once a document. Given by the debugger: the page's own policy would refuse it.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const runOnly: axe.RunOnly = which === 'all' ? { type: 'tag', values: wcag } : { type: 'rule', values: ofColours };
  return page.evaluate(async (only) => {
    const judge = (globalThis as unknown as { axe: typeof axe }).axe;
    const run = async (selectors: boolean) =>
      (await judge.run({ runOnly: only, resultTypes: ['violations'], selectors })).violations;
    // A theme that changed just now is on its way into the styles until the next frame, and its colours until their
    // transitions end: what is half way between two themes has contrasts of neither.
    await new Promise(requestAnimationFrame);
    for (const animation of document.getAnimations())
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
    // Where a fault is takes a tenth of the time to find out, and there is hardly ever one.
    const violations = (await run(false)).length > 0 ? await run(true) : [];
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  }, runOnly);
}
