import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import {
  emptyValues,
  fillFields,
  mapFields,
  profileFields,
  type SectionName,
} from '../../../../shared/profile-fields.ts';
import { absentNotifications, absentWorkplace } from '../absent/absent-sections.ts';
import { revisionOf } from '../common/section-changes.ts';
import type { ProfileSections } from '../provider.ts';
import type { RemotePerson } from './person.ts';
import { describeSettings, settingsOf } from './settings.ts';

interface Accesses {
  /** Of what the API changes. */
  readonly writing: FieldAccess;
  readonly page: FieldAccess;
}

const shown: FieldAccess = { kind: 'set-by-provider' };
const absent: FieldAccess = { kind: 'not-offered' };

/** `image`: the picture as a data URL. */
export function sectionsOf(person: RemotePerson, image: string | null, { writing, page }: Accesses): ProfileSections {
  const { user, contact, avatar, more } = revisionsOf(person);
  const settings = settingsOf(person);
  return {
    user: {
      values: {
        ...mapFields(profileFields.user, emptyValues),
        firstName: person.full_name,
        username: person.login,
        registeredAt: person.created ? new Date(person.created).toISOString() : null,
      },
      access: { ...fillFields(profileFields.user, absent), firstName: writing, username: page, registeredAt: shown },
      revision: user,
      choices: { role: [] },
    },
    contact: {
      values: { ...mapFields(profileFields.contact, emptyValues), email: person.email },
      access: { ...fillFields(profileFields.contact, absent), email: page },
      revision: contact,
    },
    workplace: absentWorkplace,
    notifications: absentNotifications,
    avatar: { values: { image }, access: { image: writing }, revision: avatar },
    more: {
      fields: describeSettings(person),
      groups: [],
      values: settings,
      access: fillFields(settings, writing),
      revision: more,
    },
  };
}

/** Of one section's fields alone: a change beside them is none of it, and is kept. */
export function revisionsOf(person: RemotePerson): Readonly<Record<SectionName, string>> {
  const { full_name: name, login, email, avatar_url: picture } = person;
  const [user, contact, avatar] = [revisionOf(name, login), revisionOf(email), revisionOf(picture)];
  const more = revisionOf(...Object.values(settingsOf(person)));
  return { user, contact, avatar, more, workplace: '', notifications: '' };
}
