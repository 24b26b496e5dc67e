import {
  fieldPaths,
  profileFields,
  type FieldDefinition,
  type FieldKind,
  type KnownPath,
  type KnownSection,
} from '../../../../shared/profile-fields.ts';
import type { TextKey } from '../../../lib/i18n/text.ts';
import { splitPath } from './field-path.ts';

/** What a ProfileField shows; fields of another kind have a part of their own. */
export interface FieldSpec extends FieldDefinition {
  readonly path: KnownPath;
  readonly kind: Exclude<FieldKind, 'switch' | 'thresholds' | 'picture' | 'instant'>;
  /** What it is about, where its label alone does not say it. */
  readonly hint?: TextKey;
}

const otherKinds: ReadonlySet<FieldKind> = new Set(['switch', 'thresholds', 'picture', 'instant']);

/** In the order of the screen. */
export function fieldsOf(section: KnownSection): FieldSpec[] {
  const fields: Readonly<Record<string, FieldDefinition>> = profileFields[section];
  return fieldPaths
    .filter((path) => splitPath(path)[0] === section)
    .map((path) => ({ ...fields[splitPath(path)[1]], path }))
    .filter(isSpec);
}

function isSpec(field: Partial<FieldDefinition> & { readonly path: KnownPath }): field is FieldSpec {
  return field.kind !== undefined && !otherKinds.has(field.kind);
}
