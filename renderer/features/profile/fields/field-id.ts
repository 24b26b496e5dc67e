import type { FieldPath } from '../../../../shared/profile-fields.ts';

/** The id of a field's control on the page. */
export function fieldId(path: FieldPath): string {
  return `field-${path.replace('.', '-')}`;
}

export function focusField(path: FieldPath): void {
  document.getElementById(fieldId(path))?.focus();
}

/** Of what says that changes ask for a proof, where it is there. */
export const proofNoteId = 'profile-proof-note';

export const messagesId = 'profile-messages';

/** Brings what became of an Update into view, for a failure that no field can show. */
export function focusMessages(): void {
  document.getElementById(messagesId)?.focus();
}
