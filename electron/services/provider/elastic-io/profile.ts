import { AppError } from '../../../../shared/contract/errors.ts';
import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import { emptyValues, fillFields, mapFields, profileFields } from '../../../../shared/profile-fields.ts';
import { absentMore, absentNotifications, absentWorkplace } from '../absent/absent-sections.ts';
import { revisionOf } from '../common/section-changes.ts';
import { operationsOf, pageAccess } from '../common/staying-pages.ts';
import type { ProfileReading, ProfileSections, ProviderAccount } from '../provider.ts';
import type { SignedSender } from '../signed-sender.ts';
import { ownOperations, pages } from './pages.ts';
import { readPerson, type RemotePerson } from './person.ts';
import { serviceName } from './platform.ts';

type ProfileCalls = Pick<ProviderAccount, 'readAccount' | 'whoAmI' | 'readProfile' | 'updateSection'>;

/** Shown here, and changed on its page: the API has no route that writes one's own. */
export function createElasticIoProfile(send: SignedSender, address: string): ProfileCalls {
  const toReading = (person: RemotePerson): ProfileReading => ({
    operations: { ...ownOperations, ...operationsOf(pages, address) },
    sections: sectionsOf(person, pageAccess(address)),
  });
  return {
    async readAccount() {
      const person = await readPerson(send);
      return { personId: person.id, providerName: serviceName, profile: toReading(person) };
    },
    whoAmI: async () => (await readPerson(send)).id,
    readProfile: async () => toReading(await readPerson(send)),
    updateSection: () => Promise.reject(new AppError('not-offered')),
  };
}

const shown: FieldAccess = { kind: 'set-by-provider' };
const absent: FieldAccess = { kind: 'not-offered' };

function sectionsOf(person: RemotePerson, page: FieldAccess): ProfileSections {
  const { first_name: firstName, last_name: lastName, email, company, registered } = person;
  return {
    user: {
      values: {
        ...mapFields(profileFields.user, emptyValues),
        ...{ firstName, lastName, company: company ?? '' },
        registeredAt: registered ? new Date(registered).toISOString() : null,
      },
      access: {
        ...fillFields(profileFields.user, absent),
        ...{ firstName: page, lastName: page, registeredAt: shown },
        ...(company && { company: shown }),
      },
      revision: revisionOf(firstName, lastName, company),
      choices: { role: [] },
    },
    contact: {
      values: { ...mapFields(profileFields.contact, emptyValues), email },
      access: { ...fillFields(profileFields.contact, absent), email: page },
      revision: revisionOf(email),
    },
    workplace: absentWorkplace,
    notifications: absentNotifications,
    avatar: { values: { image: null }, access: { image: absent }, revision: '' },
    more: absentMore,
  };
}
