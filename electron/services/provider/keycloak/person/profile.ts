import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { FieldAccess, OperationAccess, SectionName } from '../../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { emptyValues, fillFields, mapFields, profileFields } from '../../../../../shared/profile-fields.ts';
import { absentNotifications, absentWorkplace } from '../../absent/absent-sections.ts';
import type { ProfileReading, ProfileSections, ProviderAccount, SavedSection } from '../../provider.ts';
import { explainFields, isFixedPerson } from './field-problems.ts';
import { pageAccess } from '../pages/hand-off.ts';
import { attributeOf, isChangedOnPage, personPath, readPerson, readSubject, type RemotePerson } from './person.ts';
import type { AccountRoles } from '../roles.ts';
import type { Senders } from '../senders.ts';

/** The fields that are known by name, in the two sections where they stand; one record there. */
const ownFields = { user: ['firstName', 'lastName', 'username'], contact: ['email'] } as const;
type OwnSection = keyof typeof ownFields;
type OwnField = (typeof ownFields)[OwnSection][number];
export type FieldAccesses = Readonly<Record<OwnField, FieldAccess>>;

type ProfileCalls = Pick<ProviderAccount, 'readAccount' | 'whoAmI' | 'readProfile' | 'updateSection'>;

export interface ProfileDeps {
  readonly senders: Senders;
  readonly issuer: string;
  readonly roles: AccountRoles;
  /** All that the person may do, by what they may do with these fields among others. */
  readonly readOperations: (access: FieldAccesses) => Promise<OperationAccess>;
}

export function createKeycloakProfile({ senders, issuer, roles, readOperations }: ProfileDeps): ProfileCalls {
  const { read, explaining } = senders;
  /** Its store takes no change at all, whatever the realm says of a field: so it is until the next sign-in. */
  let isFixed = false;

  async function accessOf(person: RemotePerson): Promise<FieldAccesses> {
    const managing = await roles.accessBy('manage-account');
    const judge = (field: OwnField): FieldAccess => {
      const attribute = attributeOf(person, field);
      if (!attribute) return person.userProfileMetadata ? { kind: 'not-offered' } : { kind: 'set-by-provider' };
      if (isChangedOnPage(attribute)) return pageAccess(issuer);
      return attribute.readOnly || isFixed ? { kind: 'set-by-provider' } : managing;
    };
    const [firstName, lastName, username, email] = [
      judge('firstName'),
      judge('lastName'),
      judge('username'),
      judge('email'),
    ];
    return { firstName, lastName, username, email };
  }

  async function toReading(person: RemotePerson): Promise<ProfileReading> {
    const access = await accessOf(person);
    return { operations: await readOperations(access), sections: toSections(person, access) };
  }

  async function send(record: RemotePerson, sent: Readonly<Record<string, string>>): Promise<void> {
    const write = explaining((refusal) => {
      if (!isFixedPerson(refusal)) return explainFields(refusal, sent);
      isFixed = true;
      return { code: 'forbidden' };
    });
    await write({ method: 'POST', path: personPath, body: record, schema: z.unknown() });
  }

  return {
    async readAccount() {
      const person = await readPerson(read);
      return { personId: person.id, providerName: nameOf(issuer), profile: await toReading(person) };
    },
    whoAmI: () => readSubject(read),
    readProfile: async () => toReading(await readPerson(read)),
    /** There is no ETag: what changes between this look and the write is overwritten. */
    async updateSection(section, changes, revision) {
      const sent = requireOwn(section, changes);
      const person = await readPerson(read);
      if (revisionOf(section, person) !== revision) throw new AppError('conflict');
      await send({ ...person, ...sent, userProfileMetadata: undefined }, sent);
      return toSaved(section, await readPerson(read));
    },
  };
}

/** A realm's display name is told to nobody without a page: its name stands at the end of its address. */
function nameOf(issuer: string): string {
  return decodeURIComponent(issuer.slice(issuer.lastIndexOf('/') + 1)).slice(0, 200);
}

function requireOwn(section: SectionName, changes: object): Record<string, string> {
  const own: readonly string[] = section === 'user' || section === 'contact' ? ownFields[section] : [];
  const others = Object.keys(changes).filter((field) => !own.includes(field));
  if (others.length === 0) return z.record(z.string(), z.string()).parse(changes);
  const fields = Object.fromEntries(others.map((field) => [field, { code: 'locked' as const }]));
  throw new AppError('invalid-request', { fields });
}

type Values = Pick<RemotePerson, OwnField>;

/** Of one section's fields alone: a change beside them is none of it, and is kept. */
function revisionOf(section: SectionName, person: Values): string {
  if (section !== 'user' && section !== 'contact') return '';
  const values = ownFields[section].map((field) => person[field] ?? '');
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}

function toValues({ username, firstName, lastName, email }: Values) {
  return {
    user: {
      ...mapFields(profileFields.user, emptyValues),
      ...{ firstName: firstName ?? '', lastName: lastName ?? '', username },
    },
    contact: { ...mapFields(profileFields.contact, emptyValues), email: email ?? '' },
    workplace: absentWorkplace.values,
    notifications: absentNotifications.values,
    avatar: mapFields(profileFields.avatar, emptyValues),
  };
}

function toSaved<S extends SectionName>(section: S, person: Values): SavedSection<S> {
  const values: { readonly [N in SectionName]: ProfileSections[N]['values'] } = toValues(person);
  return { values: values[section], revision: revisionOf(section, person) };
}

const absent: FieldAccess = { kind: 'not-offered' };

function toSections(person: RemotePerson, { email, ...names }: FieldAccesses): ProfileSections {
  const [user, contact] = [toSaved('user', person), toSaved('contact', person)];
  return {
    user: { ...user, access: { ...fillFields(user.values, absent), ...names }, choices: { role: [] } },
    contact: { ...contact, access: { ...fillFields(contact.values, absent), email } },
    workplace: absentWorkplace,
    notifications: absentNotifications,
    avatar: { values: { image: null }, access: { image: absent }, revision: '' },
  };
}
