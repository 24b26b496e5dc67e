import type { TextKey } from '../../../lib/i18n/text.ts';
import type { FieldPath } from './field-path.ts';

export interface FieldSpec {
  readonly path: Exclude<FieldPath, 'avatar.image'>;
  readonly kind: 'text' | 'email' | 'tel' | 'country' | 'choice' | 'choice-or-none' | 'minutes';
  /** Purpose for filling in (HTML, autofill detail tokens; WCAG 1.3.5). */
  readonly autocomplete?: string;
  readonly isWide?: boolean;
  /** What it is about, where its label alone does not say it. */
  readonly hint?: TextKey;
}

/** In the order of the screen (W4). */
export const userFields: readonly FieldSpec[] = [
  { path: 'user.firstName', kind: 'text', autocomplete: 'given-name' },
  { path: 'user.lastName', kind: 'text', autocomplete: 'family-name' },
  { path: 'user.username', kind: 'text', autocomplete: 'username' },
  { path: 'user.role', kind: 'choice' },
  { path: 'user.company', kind: 'text', autocomplete: 'organization', isWide: true },
];

/** In the order of the screen (W8). */
export const contactFields: readonly FieldSpec[] = [
  { path: 'contact.email', kind: 'email', autocomplete: 'email', isWide: true },
  { path: 'contact.phone', kind: 'tel', autocomplete: 'tel', isWide: true },
  { path: 'contact.addressLine1', kind: 'text', autocomplete: 'address-line1', isWide: true },
  { path: 'contact.addressLine2', kind: 'text', autocomplete: 'address-line2', isWide: true },
  { path: 'contact.city', kind: 'text', autocomplete: 'address-level2' },
  { path: 'contact.state', kind: 'text', autocomplete: 'address-level1' },
  { path: 'contact.postalCode', kind: 'text', autocomplete: 'postal-code' },
  { path: 'contact.country', kind: 'country', autocomplete: 'country' },
];
