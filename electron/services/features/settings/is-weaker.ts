import type { Settings } from '../../../../shared/contract/settings.ts';

type Judge = (mine: unknown, theirs: unknown) => boolean;

const never: Judge = () => false;
const switchedOff: Judge = (mine, theirs) => mine === true && theirs === false;
const minutes = (value: unknown): number => (value === null ? Infinity : Number(value));

/** Every setting has to be judged: one without a judge does not compile. */
const judges: Readonly<Record<keyof Settings, Judge>> = {
  theme: never,
  lockAfterMinutes: (mine, theirs) => minutes(theirs) > minutes(mine),
  takeKeysBackOnLock: switchedOff,
  // Entries that are saved here, by which a stranger is noticed, would be dropped.
  activityLimit: (mine, theirs) => Number(theirs) < Number(mine),
  notifyOfNew: switchedOff,
};

/** Whether this computer, or the account on it, would be protected less with `theirs` in the place of `mine`. */
export function isWeaker(name: keyof Settings, mine: unknown, theirs: unknown): boolean {
  return judges[name](mine, theirs);
}
