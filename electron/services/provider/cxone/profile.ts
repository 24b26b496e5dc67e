import { AppError } from '../../../../shared/contract/errors.ts';
import type { FieldAccess, OperationAccess } from '../../../../shared/contract/account/profile.ts';
import { emptyValues, fillFields, mapFields, profileFields } from '../../../../shared/profile-fields.ts';
import { absentMore, absentNotifications, absentWorkplace } from '../absent/absent-sections.ts';
import { revisionOf } from '../common/section-changes.ts';
import { operationsOf, pageAccess } from '../common/staying-pages.ts';
import type { ProfileReading, ProfileSections, ProviderAccount } from '../provider.ts';
import { pages } from './pages.ts';
import type { People, RemotePerson } from './person.ts';
import { serviceName } from './tenant.ts';

type ProfileCalls = Pick<ProviderAccount, 'readAccount' | 'whoAmI' | 'readProfile' | 'updateSection'>;

/**
 * Shown here, and changed on its page: what writes a user takes the whole record, with parts that nothing reads, so
 * they would be lost.
 */
export function createCxoneProfile(people: People, address: string, keysAccess: () => FieldAccess): ProfileCalls {
  async function read(): Promise<ProfileReading> {
    const person = await people.read();
    // After the requests: the first refusal tells what a person may.
    const operations: OperationAccess = {
      ...operationsOf(pages, address),
      'accessKeys.create': keysAccess(),
      'accessKeys.remove': { kind: 'editable' },
    };
    return { operations, sections: sectionsOf(person, pageAccess(address)) };
  }

  return {
    async readAccount() {
      const profile = await read();
      return { personId: (await people.owner()).userId, providerName: serviceName, profile };
    },
    whoAmI: async () => (await people.readOwner()).userId,
    readProfile: read,
    updateSection: () => Promise.reject(new AppError('not-offered')),
  };
}

const shown: FieldAccess = { kind: 'set-by-provider' };
const absent: FieldAccess = { kind: 'not-offered' };

function sectionsOf(person: RemotePerson, page: FieldAccess): ProfileSections {
  const { userName, firstName, lastName, fullName, emailAddress, mobileNumber, country, role } = person;
  // Of somebody who may not see the record there is one name alone.
  const isWhole = typeof firstName === 'string' || typeof lastName === 'string';
  const first = isWhole ? (firstName ?? '') : (fullName ?? '');
  const [countryCode] = /^[A-Z]{2}$/.exec(country ?? '') ?? [''];
  return {
    user: {
      values: {
        ...mapFields(profileFields.user, emptyValues),
        ...{ firstName: first, lastName: lastName ?? '', username: userName ?? '', role: role ?? '' },
      },
      access: {
        ...fillFields(profileFields.user, absent),
        firstName: page,
        ...(isWhole && { lastName: page }),
        ...(userName && { username: page }),
        ...(role && { role: shown }),
      },
      revision: revisionOf(first, lastName, userName, role),
      choices: { role: role ? [{ id: role, name: role }] : [] },
    },
    contact: {
      values: {
        ...mapFields(profileFields.contact, emptyValues),
        ...{ email: emailAddress ?? '', phone: mobileNumber ?? '', country: countryCode },
      },
      access: {
        ...fillFields(profileFields.contact, absent),
        ...(emailAddress && { email: page }),
        ...(mobileNumber && { phone: page }),
        ...(countryCode && { country: page }),
      },
      revision: revisionOf(emailAddress, mobileNumber, country),
    },
    workplace: absentWorkplace,
    notifications: absentNotifications,
    avatar: { values: { image: null }, access: { image: absent }, revision: '' },
    more: absentMore,
  };
}
