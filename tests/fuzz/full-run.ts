import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The long form of a suite: `npm run test:fuzz`. */
export const isFull = process.env['FULL'] === '1';
/** The whole, or what of it this machine is to do. */
const wantedPart = process.env['FUZZ_PART'] ?? '1/1';
const reports = join(import.meta.dirname, '../../test-results/reports');

/** `FUZZ_PART=2/8`: of a list only every eighth, from the second on, so that several machines share the long form. */
export function ownPart<T>(all: readonly T[], wanted = wantedPart): T[] {
  const [, part, parts] = (/^(\d+)\/(\d+)$/.exec(wanted) ?? []).map(Number);
  if (!part || !parts || part > parts) throw new Error(`FUZZ_PART is ${wanted}, which is no part such as 2/8`);
  return all.filter((_, at) => at % parts === part - 1);
}

/** Which part this is of a whole that cannot be told apart by names. */
export function sizeOfPart(whole: number): number {
  const parts = Number(wantedPart.split('/')[1]);
  return Math.ceil(whole / parts);
}

/** What came of the inputs, by its name. */
export class Outcomes {
  readonly #counts = new Map<string, number>();

  add(outcome: string): void {
    this.#counts.set(outcome, this.count(outcome) + 1);
  }

  count(outcome: string): number {
    return this.#counts.get(outcome) ?? 0;
  }

  names(): string[] {
    return [...this.#counts.keys()];
  }

  /** Most frequent first. */
  toJSON(): Record<string, number> {
    return Object.fromEntries([...this.#counts].toSorted(([, a], [, b]) => b - a));
  }
}

/** Keeps the figures of the long form beside the reports of the tests; the short one has none worth it. */
export function keepFigures(name: string, figures: object): void {
  if (!isFull) return;
  mkdirSync(reports, { recursive: true });
  const file = join(reports, `fuzz-${name}-${wantedPart.replace('/', '-of-')}.json`);
  writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
}
