/** The value that `percent` of all are not above (nearest rank). NaN if there are none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

export interface Contender {
  readonly name: string;
  readonly act: () => unknown;
}

/**
 * Runs all contenders in turn, so that whatever else the computer does meets each alike.
 * Gives the milliseconds of each run by name; the first tenth is for warming up and not counted.
 */
export async function measureSideBySide(
  contenders: readonly Contender[],
  rounds: number,
): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = Object.fromEntries(contenders.map(({ name }) => [name, []]));
  const warmUp = Math.ceil(rounds / 10);
  for (let round = 0; round < rounds + warmUp; round += 1) {
    for (const { name, act } of contenders) {
      const start = performance.now();
      await act();
      const took = performance.now() - start;
      if (round >= warmUp) times[name]?.push(took);
    }
  }
  return times;
}
