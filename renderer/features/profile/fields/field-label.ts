import type { ProfileSnapshot } from '../../../../shared/contract/account/profile.ts';
import { isDescribed, type FieldName, type FieldPath } from '../../../../shared/profile-fields.ts';
import { t, type TextKey } from '../../../lib/i18n/text.ts';
import { describedAt, splitPath } from './field-path.ts';

/** What a field is called at the service of this profile; one that it describes no more, by its id. */
export function fieldLabel(path: FieldPath, snapshot: ProfileSnapshot | undefined): string {
  if (path === 'user.firstName' && hasWholeName(snapshot)) return t('profile.fields.wholeName');
  const [, name] = splitPath(path);
  if (!isDescribed(path)) return t(`profile.fields.${name as FieldName}`);
  return describedAt(snapshot?.sections, path)?.label || (ownWords[name] ? t(ownWords[name]) : name);
}

/** Of described fields that every service means the same by, where it has no word for one itself. */
const ownWords: Readonly<Record<string, TextKey>> = {
  locale: 'profile.fields.locale',
  pronouns: 'profile.fields.pronouns',
  website: 'profile.fields.website',
  location: 'profile.fields.location',
  description: 'profile.fields.description',
  status: 'profile.fields.status',
  busy: 'profile.fields.busy',
  jobTitle: 'profile.fields.jobTitle',
  diffsFileByFile: 'profile.fields.diffsFileByFile',
  diffsWhitespace: 'profile.fields.diffsWhitespace',
  identitiesToJobs: 'profile.fields.identitiesToJobs',
  bio: 'profile.fields.bio',
  twitter_username: 'profile.fields.twitterUsername',
  hireable: 'profile.fields.hireable',
};

/** Whether the service has one field for the whole name, which stands in the place of the first one. */
export function hasWholeName(snapshot: ProfileSnapshot | undefined): boolean {
  const access = snapshot?.sections.user.access;
  return access?.lastName.kind === 'not-offered' && access.firstName.kind !== 'not-offered';
}
