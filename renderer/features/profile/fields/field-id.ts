import type { FieldPath } from '../../../../shared/profile-fields.ts';

/** The id of a field's control on the page. */
export function fieldId(path: FieldPath): string {
  return `field-${path.replace('.', '-')}`;
}

/** Milliseconds for which a field is waited for whose section is still loading. */
const maxWaitMs = 10_000;

/** At once, or as soon as its section is there, unless the person went elsewhere meanwhile. */
export function focusField(path: FieldPath): void {
  const from = document.activeElement;
  const until = performance.now() + maxWaitMs;
  const look = (): void => {
    if (document.activeElement !== from) return;
    const field = document.getElementById(fieldId(path));
    if (field) field.focus();
    else if (performance.now() < until) requestAnimationFrame(look);
  };
  look();
}

/** Of what says that changes ask for a proof, where it is there. */
export const proofNoteId = 'profile-proof-note';

export const messagesId = 'profile-messages';

/** Brings what became of an Update into view, for a failure that no field can show. */
export function focusMessages(): void {
  document.getElementById(messagesId)?.focus();
}
