import * as z from 'zod';
import type { FieldAccess } from '../../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import {
  emptyValues,
  fillFields,
  mapFields,
  profileFields,
  type KnownSection,
} from '../../../../../shared/profile-fields.ts';
import { absentMore, absentNotifications, absentWorkplace } from '../../absent/absent-sections.ts';
import type { ProfileReading, ProviderAccount, SectionChanges } from '../../provider.ts';
import { readAbilities, toOperations, type Abilities } from '../abilities.ts';
import type { ConfigReader } from '../way-in/config.ts';
import { largestPerson, propertiesOf, readPerson, revisionOf, type RemotePerson } from './person.ts';
import type { Senders } from '../senders.ts';

/** It has no name of its own. */
export const providerName = 'glewlwyd';

const shown: FieldAccess = { kind: 'set-by-provider' };
const absent: FieldAccess = { kind: 'not-offered' };

type ProfileCalls = Pick<ProviderAccount, 'readAccount' | 'whoAmI' | 'readProfile' | 'updateSection'>;

/** Each gives the person as the server has them then. */
type Writers = {
  readonly [S in KnownSection]: (person: RemotePerson, changes: SectionChanges[S]) => Promise<RemotePerson>;
};
const refuse = (): Promise<never> => Promise.reject(new AppError('not-offered'));

/** A name, and an e-mail address that counts once a link was opened. */
export function createGlewlwydProfile(
  senders: Senders,
  config: ConfigReader,
  askForEmail: (email: string) => Promise<void>,
): ProfileCalls {
  const { session, profile } = senders;

  async function read(person: RemotePerson): Promise<ProfileReading> {
    return toReading(person, await readAbilities(senders, config, person));
  }

  /** All properties go along, because each that does not is deleted. */
  async function write(person: RemotePerson, name: string): Promise<RemotePerson> {
    const body = { ...propertiesOf(person), name };
    await profile({ method: 'PUT', path: '/profile/', body, schema: z.unknown(), maxBody: largestPerson });
    const after = await readPerson(session);
    // What it does not take it drops without a word.
    if ((after.name ?? '') !== name)
      throw new AppError('invalid-request', { fields: { firstName: { code: 'locked' } } });
    return after;
  }

  const writers: Writers = {
    user: (person, { firstName = person.name ?? '' }) => write(person, firstName),
    async contact({ email: current }, { email = current ?? '' }) {
      if (email !== current) await askForEmail(email);
      return readPerson(session);
    },
    workplace: refuse,
    notifications: refuse,
    avatar: refuse,
  };

  return {
    async readAccount() {
      const person = await readPerson(session);
      return { personId: person.username, providerName, profile: await read(person) };
    },
    whoAmI: async () => (await readPerson(session)).username,
    readProfile: async () => read(await readPerson(session)),
    async updateSection(section, changes, revision) {
      const person = await readPerson(session);
      if (revisionOf(person) !== revision) throw new AppError('conflict');
      return (await read(await writers[section](person, changes))).sections[section];
    },
  };
}

function toReading(person: RemotePerson, abilities: Abilities): ProfileReading {
  const { access, plugIns } = abilities;
  const revision = revisionOf(person);
  const email: FieldAccess = plugIns.email === undefined ? shown : { kind: 'editable' };
  const empty = mapFields(profileFields.user, emptyValues);
  const user = { ...empty, firstName: person.name ?? '', username: person.username };
  const contact = { ...mapFields(profileFields.contact, emptyValues), email: person.email ?? '' };
  return {
    operations: toOperations(abilities),
    sections: {
      user: {
        values: user,
        access: { ...fillFields(user, absent), firstName: access, username: shown },
        revision,
        choices: { role: [] },
      },
      contact: { values: contact, access: { ...fillFields(contact, absent), email }, revision },
      workplace: absentWorkplace,
      notifications: absentNotifications,
      avatar: { values: { image: null }, access: { image: absent }, revision },
      more: absentMore,
    },
  };
}
