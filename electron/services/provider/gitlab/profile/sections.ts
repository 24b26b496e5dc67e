import type { FieldAccess } from '../../../../../shared/contract/account/profile.ts';
import {
  emptyValues,
  fillFields,
  mapFields,
  profileFields,
  type SectionName,
} from '../../../../../shared/profile-fields.ts';
import { absentNotifications, absentWorkplace } from '../../absent/absent-sections.ts';
import { revisionOf } from '../../common/section-changes.ts';
import type { ProfileSections } from '../../provider.ts';
import type { RemotePerson } from './person.ts';
import { describeSettings, type RemoteSettings } from './settings.ts';

export interface RemoteProfile extends RemoteSettings {
  readonly person: RemotePerson;
}

interface Accesses {
  /** Of status and preferences. */
  readonly writing: FieldAccess;
  readonly picture: FieldAccess;
  readonly page: FieldAccess;
}

const shown: FieldAccess = { kind: 'set-by-provider' };
const absent: FieldAccess = { kind: 'not-offered' };

/** `image`: the picture as a data URL. */
export function sectionsOf(
  remote: RemoteProfile,
  image: string | null,
  { writing, picture, page }: Accesses,
): ProfileSections {
  const { person } = remote;
  const { user, contact, avatar, more } = revisionsOf(remote);
  const described = describeSettings(person, remote);
  return {
    user: {
      values: {
        ...mapFields(profileFields.user, emptyValues),
        firstName: person.name,
        username: person.username,
        company: person.organization ?? '',
        registeredAt: person.created_at ? new Date(person.created_at).toISOString() : null,
      },
      access: {
        ...fillFields(profileFields.user, absent),
        ...{ firstName: page, username: page, company: page, registeredAt: shown },
      },
      revision: user,
      choices: { role: [] },
    },
    contact: {
      values: { ...mapFields(profileFields.contact, emptyValues), email: person.email ?? '' },
      access: { ...fillFields(profileFields.contact, absent), email: page },
      revision: contact,
    },
    workplace: absentWorkplace,
    notifications: absentNotifications,
    avatar: { values: { image }, access: { image: picture }, revision: avatar },
    more: {
      fields: described.map(({ field }) => field),
      groups: [],
      values: Object.fromEntries(described.map(({ field, value }) => [field.id, value])),
      access: Object.fromEntries(described.map(({ field, isWritten }) => [field.id, isWritten ? writing : page])),
      revision: more,
    },
  };
}

/** Of one section's fields alone: a change beside them is none of it, and is kept. */
export function revisionsOf(remote: RemoteProfile): Readonly<Record<SectionName, string>> {
  const { name, username, organization, email, avatar_url: picture } = remote.person;
  const written = describeSettings(remote.person, remote).filter(({ isWritten }) => isWritten);
  return {
    user: revisionOf(name, username, organization),
    contact: revisionOf(email),
    avatar: revisionOf(picture),
    more: revisionOf(...written.map(({ value }) => value)),
    workplace: '',
    notifications: '',
  };
}
