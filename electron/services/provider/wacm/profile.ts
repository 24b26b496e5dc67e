import { AppError } from '../../../../shared/contract/errors.ts';
import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import { emptyValues, fillFields, mapFields, profileFields } from '../../../../shared/profile-fields.ts';
import { absentMore, absentNotifications, absentWorkplace } from '../absent/absent-sections.ts';
import { revisionOf } from '../common/section-changes.ts';
import { operationsOf, pageAccess } from '../common/staying-pages.ts';
import type { ProfileReading, ProfileSections, ProviderAccount } from '../provider.ts';
import type { AccountCard, AccountCards, Holder } from './account-card.ts';
import { serviceName } from './manager.ts';
import { pages } from './pages.ts';

type ProfileCalls = Pick<ProviderAccount, 'readAccount' | 'whoAmI' | 'readProfile' | 'updateSection'>;

/** The card of the account: WACM Connect has no route for one's own user. */
export function createWacmProfile(cards: AccountCards, address: string): ProfileCalls {
  const toReading = (holder: Holder): ProfileReading => ({
    operations: operationsOf(pages, address),
    sections: sectionsOf(holder, pageAccess(address)),
  });
  return {
    async readAccount() {
      const holder = await cards.read();
      return { personId: holder.username, providerName: serviceName, profile: toReading(holder) };
    },
    whoAmI: async () => (await cards.read()).username,
    readProfile: async () => toReading(await cards.read()),
    updateSection: () => Promise.reject(new AppError('not-offered')),
  };
}

const absent: FieldAccess = { kind: 'not-offered' };

/** Where the address of an account is kept there, by the app's own fields. */
const contactFields = {
  email: 'contactEmail',
  phone: 'mainPhone',
  addressLine1: 'address1',
  addressLine2: 'address2',
  city: 'city',
  state: 'state',
  postalCode: 'zip',
} as const satisfies Readonly<Record<string, keyof AccountCard>>;

function sectionsOf({ username, card }: Holder, page: FieldAccess): ProfileSections {
  const shown = Object.entries(contactFields).map(([field, name]) => [field, card?.[name] ?? ''] as const);
  const contact = Object.fromEntries(shown);
  const access = Object.fromEntries(shown.map(([field]) => [field, card ? page : absent]));
  return {
    user: {
      values: { ...mapFields(profileFields.user, emptyValues), firstName: card?.name ?? '', username },
      access: { ...fillFields(profileFields.user, absent), ...(card && { firstName: page }), username: page },
      revision: revisionOf(card?.name, username),
      choices: { role: [] },
    },
    contact: {
      values: { ...mapFields(profileFields.contact, emptyValues), ...contact },
      access: { ...fillFields(profileFields.contact, absent), ...access },
      revision: revisionOf(...Object.values(contact)),
    },
    workplace: absentWorkplace,
    notifications: absentNotifications,
    avatar: { values: { image: null }, access: { image: absent }, revision: '' },
    more: absentMore,
  };
}
