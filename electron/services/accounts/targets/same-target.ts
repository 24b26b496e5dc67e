import type { StoredTarget } from './targets.ts';

export function isSameTarget(a: StoredTarget, b: StoredTarget): boolean {
  if (a.kind === 'embedded' || b.kind === 'embedded') return a.kind === b.kind;
  return a.address === b.address;
}
