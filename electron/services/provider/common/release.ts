/**
 * `17.0.0-ee` or `v1.27.3+dev` as a number that can be compared: `major * 1000 + minor`. What says no version that we
 * understand is taken for a new one.
 */
export function toRelease(version: string): number {
  const [, major, minor] = /^v?(\d{1,4})\.(\d{1,3})(?:\D|$)/.exec(version) ?? [];
  return major === undefined ? newest : Number(major) * 1_000 + Number(minor);
}

export const newest = Number.POSITIVE_INFINITY;
