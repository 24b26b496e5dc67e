import { defineStore } from 'pinia';

/** `lock`: it is come back to as it was left. */
export type Leaving = 'page' | 'lock';
/** Asks, in words of its own, about something that would be lost; resolves with whether to go on. */
type Guard = (leaving: Leaving) => Promise<boolean>;

/**
 * Where changes could be lost (W2): another screen, another account, signing out. Who has something to lose asks
 * itself.
 */
export const useLeaveStore = defineStore('leave', () => {
  const parts = new Set<Guard>();
  const pages = new Set<Guard>();

  /** Asks if there is anything to lose; resolves with whether to go on. */
  async function mayLeave(leaving: Leaving = 'page'): Promise<boolean> {
    return (parts.size === 0 || (await allAgree(parts, leaving))) && allAgree(pages, leaving);
  }

  /** Leaves a part of the page, where changes to the rest stay as they are. */
  function mayLeavePart(): Promise<boolean> {
    return allAgree(parts, 'page');
  }

  /** `mayGo` is asked before this part of the page is left, or all of it. Returns the function that ends it. */
  function guardPart(mayGo: Guard): () => void {
    return add(parts, mayGo);
  }

  /** `mayGo` is asked, after the parts, before the page or the account is left. Returns the function that ends it. */
  function guardPage(mayGo: Guard): () => void {
    return add(pages, mayGo);
  }

  return { mayLeave, mayLeavePart, guardPart, guardPage };
});

function add(guards: Set<Guard>, mayGo: Guard): () => void {
  guards.add(mayGo);
  return () => void guards.delete(mayGo);
}

/** One after the other: there are not two questions at once. */
async function allAgree(guards: ReadonlySet<Guard>, leaving: Leaving): Promise<boolean> {
  for (const mayGo of guards) if (!(await mayGo(leaving))) return false;
  return true;
}
