/**
 * Milliseconds: short enough to be told before a person asks, long enough to be seen by nobody whose program answers.
 */
export const tellAfter = 3_000;
