import type { Page } from '@playwright/test';
import axe from 'axe-core';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** One line for each rule of axe (WCAG 2.2 AA) that the page breaks as it stands, with where. */
export async function findFaults(page: Page): Promise<string[]> {
  // 1.4 MB to compile, so once a document. Given by the debugger: the page's own policy would refuse it.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (tags) => {
    const judge = (globalThis as unknown as { axe: typeof axe }).axe;
    // A theme that changed just now is on its way into the styles until the next frame, and its colours until their transitions
    // end: what is half way between two themes has contrasts of neither.
    await new Promise(requestAnimationFrame);
    for (const animation of document.getAnimations())
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
    const { violations } = await judge.run({
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  }, wcag);
}
