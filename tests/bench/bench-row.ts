/** One measured figure. Each `<name>.bench.ts` here exports `run(): Promise<BenchRow[]>`. */
export interface BenchRow {
  readonly name: string;
  readonly measured: number;
  /** e.g. `ms`, `µs`, `KB`, `frames/s` */
  readonly unit: string;
  /** The same thing done another way, in the same run. */
  readonly against?: { readonly name: string; readonly measured: number };
  /** `ratio` is measured / against. */
  readonly target?: { readonly max?: number; readonly min?: number; readonly of: 'measured' | 'ratio' };
}

export function ratioOf({ measured, against }: BenchRow): number | undefined {
  return against && measured / against.measured;
}

/** False also if the target is a ratio and there is nothing to compare with, or if nothing was measured. */
export function isMet(row: BenchRow): boolean {
  const { target, measured } = row;
  if (!target) return true;
  const value = (target.of === 'ratio' ? ratioOf(row) : measured) ?? Number.NaN;
  return value <= (target.max ?? Number.POSITIVE_INFINITY) && value >= (target.min ?? Number.NEGATIVE_INFINITY);
}
