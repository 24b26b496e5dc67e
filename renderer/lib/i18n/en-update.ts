/** Texts of what is said of an Update that did not go through as a whole. */
export const enUpdate = {
  profile: {
    summaryTitle: 'One entry needs your attention | {count} entries need your attention',
    partlyTitle: '{saved} is saved, {failed} is not',
    failedTitle: 'Your changes are not saved yet',
    failedKept: 'Nothing you typed is lost.',
    goneTitle: 'Something that you changed is not there any more',
    goneBody: '{provider} does not offer it to your account now: {fields}. What you changed there was taken out.',
    conflictTitle: 'Changed elsewhere too',
    conflictSummary:
      '{fields} was changed elsewhere. Choose which value stays, then Update. | {fields} were changed elsewhere. Choose which values stay, then Update.',
    takenOver: '{fields} was taken over. | {fields} were taken over.',
    conflictMine: 'Your value',
    conflictTheirs: 'Value there now',
    keepMine: 'Keep yours',
    takeTheirs: 'Take the other',
  },
} as const;
