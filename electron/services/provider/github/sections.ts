import type { DescribedField } from '../../../../shared/contract/account/described-fields.ts';
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

/** What the app has no field of its own for: its id here, and its name there. The app has a word for each. */
export const otherFields = [
  { id: 'website', remote: 'blog', kind: 'link' },
  { id: 'location', remote: 'location', kind: 'text' },
  { id: 'bio', remote: 'bio', kind: 'multi-line' },
  { id: 'twitter_username', remote: 'twitter_username', kind: 'text' },
  { id: 'hireable', remote: 'hireable', kind: 'yes-no' },
] as const satisfies readonly {
  readonly id: string;
  readonly remote: keyof RemotePerson;
  readonly kind: DescribedField['kind'];
}[];

interface Seen {
  readonly person: RemotePerson;
  /** The primary address. */
  readonly email: string;
  /** The picture as a data URL. */
  readonly image: string | null;
}

interface Accesses {
  /** Of what the API changes. */
  readonly writing: FieldAccess;
  readonly page: FieldAccess;
}

const shown: FieldAccess = { kind: 'set-by-provider' };
const absent: FieldAccess = { kind: 'not-offered' };

export function sectionsOf({ person, email, image }: Seen, { writing, page }: Accesses): ProfileSections {
  const revisions = revisionsOf(person, email);
  const values = otherValues(person);
  return {
    user: {
      values: {
        ...mapFields(profileFields.user, emptyValues),
        firstName: person.name ?? '',
        username: person.login,
        company: person.company ?? '',
        registeredAt: person.created_at ? new Date(person.created_at).toISOString() : null,
      },
      access: {
        ...fillFields(profileFields.user, absent),
        ...{ firstName: writing, company: writing, username: page, registeredAt: shown },
      },
      revision: revisions.user,
      choices: { role: [] },
    },
    contact: {
      values: { ...mapFields(profileFields.contact, emptyValues), email },
      access: { ...fillFields(profileFields.contact, absent), email: page },
      revision: revisions.contact,
    },
    workplace: absentWorkplace,
    notifications: absentNotifications,
    avatar: { values: { image }, access: { image: page }, revision: revisions.avatar },
    more: {
      fields: otherFields.map(describeField),
      groups: [],
      values,
      access: fillFields(values, writing),
      revision: revisions.more,
    },
  };
}

function describeField({ id, kind }: (typeof otherFields)[number]): DescribedField {
  return { id, kind, label: '', help: '', isRequired: false, group: null, choices: [], limits: {} };
}

function otherValues(person: RemotePerson): Record<string, string> {
  return Object.fromEntries(otherFields.map(({ id, remote }) => [id, String(person[remote] ?? '')]));
}

/** Of one section's fields alone: a change beside them is none of it, and is kept. */
export function revisionsOf(person: RemotePerson, email: string): Readonly<Record<SectionName, string>> {
  return {
    user: revisionOf(person.name, person.login, person.company),
    contact: revisionOf(email),
    avatar: revisionOf(person.avatar_url),
    more: revisionOf(...Object.values(otherValues(person))),
    workplace: '',
    notifications: '',
  };
}
