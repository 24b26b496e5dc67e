import type { ProfileSnapshot } from '../../../../shared/contract/account/profile.ts';
import type { FieldPath } from '../../../../shared/profile-fields.ts';
import { t } from '../../../lib/i18n/text.ts';
import { splitPath } from './field-path.ts';

/** What a field is called at the service of this profile. */
export function fieldLabel(path: FieldPath, snapshot: ProfileSnapshot | undefined): string {
  if (path === 'user.firstName' && hasWholeName(snapshot)) return t('profile.fields.wholeName');
  const [, name] = splitPath(path);
  return t(`profile.fields.${name}`);
}

/** Whether the service has one field for the whole name, which stands in the place of the first one. */
export function hasWholeName(snapshot: ProfileSnapshot | undefined): boolean {
  const access = snapshot?.sections.user.access;
  return access?.lastName.kind === 'not-offered' && access.firstName.kind !== 'not-offered';
}
