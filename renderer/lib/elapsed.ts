/** Of this computer's two clocks: the one that people see and set, and the one that only goes on. */
export interface Moment {
  readonly wall: number;
  readonly steady: number;
}

export function thisMoment(): Moment {
  return { wall: Date.now(), steady: performance.now() };
}

/**
 * Milliseconds since then, by the clock that says more: one may stand while the computer sleeps, the other may have
 * been set back, by a year perhaps.
 */
export function elapsedSince({ wall, steady }: Moment): number {
  return Math.max(Date.now() - wall, performance.now() - steady);
}
