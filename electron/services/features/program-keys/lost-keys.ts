/** What is known of keys that were made from here, but whose secret never came here. */
export interface LostKeys {
  /** Keys that were there before one was asked for whose making has no known outcome; null without such an act. */
  readonly unclearSince: readonly string[] | null;
  readonly refs: readonly string[];
}

export const noneLost: LostKeys = { unclearSince: null, refs: [] };

/** By what is `present` now, as the provider says. `shown`: the key whose secret came just now. */
export function judgeLost({ unclearSince, refs }: LostKeys, present: readonly string[], shown?: string): LostKeys {
  const isLost = (ref: string) =>
    ref !== shown && (refs.includes(ref) || (unclearSince !== null && !unclearSince.includes(ref)));
  return { unclearSince: null, refs: present.filter(isLost) };
}
