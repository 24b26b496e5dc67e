import type { FieldAccess, OperationAccess } from '../../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { toSections } from '../../common/record/record-sections.ts';
import type { ProfileReading, ProviderAccount, SavedSections } from '../../provider.ts';
import { pageAccess } from '../pages/hand-off.ts';
import {
  attributeOf,
  isChangedOnPage,
  readLocales,
  readPerson,
  readSubject,
  valuesOf,
  type RemotePerson,
} from './person.ts';
import { groupsOf, layOut, type PlacedAttribute } from './record-layout.ts';
import { createRecordUpdate } from './record-update.ts';
import { spellOut } from './spell-out.ts';
import type { Refusals } from '../../tokens.ts';
import type { RealmMessages } from '../messages.ts';
import type { AccountRoles } from '../roles.ts';
import type { Senders } from '../senders.ts';

/** What the person may do with the fields of the record. */
export interface FieldAccesses {
  readonly email: FieldAccess;
  readonly others: readonly FieldAccess[];
}

type ProfileCalls = Pick<ProviderAccount, 'readAccount' | 'whoAmI' | 'readProfile' | 'updateSection' | 'updateRecord'>;

export interface ProfileDeps {
  readonly senders: Senders;
  readonly issuer: string;
  readonly roles: AccountRoles;
  readonly messages: RealmMessages;
  readonly refusals: Refusals;
  /** All that the person may do, by what they may do with these fields among others. */
  readonly readOperations: (access: FieldAccesses) => Promise<OperationAccess>;
}

/** The person's store takes no change at all, whatever the realm says of a field: so it is for a day. */
const fixed = 'any change of the record';

export function createKeycloakProfile({
  senders,
  issuer,
  roles,
  messages,
  refusals,
  readOperations,
}: ProfileDeps): ProfileCalls {
  const { read } = senders;
  /** The same for everybody, and hardly ever another. */
  let locales: Promise<readonly string[]> | undefined;

  async function layOutRecord(person: RemotePerson): Promise<readonly PlacedAttribute[]> {
    const [spelt, tags] = await Promise.all([spellOut(person, messages), localesOf(person)]);
    return layOut(spelt, tags);
  }

  async function localesOf(person: RemotePerson): Promise<readonly string[]> {
    if (!attributeOf(person, 'locale')) return [];
    locales ??= readLocales(read).catch((error: unknown) => {
      locales = undefined;
      if (error instanceof AppError && error.code === 'not-offered') return [];
      throw error;
    });
    return locales;
  }

  async function toReading(person: RemotePerson): Promise<ProfileReading> {
    const [managing, layout] = await Promise.all([roles.accessBy('manage-account'), layOutRecord(person)]);
    const judge = ({ attribute, section }: PlacedAttribute): FieldAccess => {
      if (!attribute) return { kind: person.userProfileMetadata ? 'not-offered' : 'set-by-provider' };
      if (section !== 'more' && isChangedOnPage(attribute)) return pageAccess(issuer);
      return attribute.readOnly || refusals.has(fixed) ? { kind: 'set-by-provider' } : managing;
    };
    const groups = groupsOf(
      await spellOut(person, messages),
      layout.flatMap(({ described }) => described ?? []),
    );
    const sections = toSections({ layout, valuesOf: (name) => valuesOf(person, name), groups, judge });
    const { email, ...contact } = sections.contact.access;
    const others = [sections.user.access, contact, sections.more.access].flatMap((access) => Object.values(access));
    return { operations: await readOperations({ email, others }), sections };
  }

  const updateRecord = createRecordUpdate({ senders, layOutRecord, onFixed: () => refusals.note(fixed) });

  return {
    async readAccount() {
      const person = await readPerson(read);
      return { personId: person.id, providerName: nameOf(issuer), profile: await toReading(person) };
    },
    whoAmI: () => readSubject(read),
    readProfile: async () => toReading(await readPerson(read)),
    updateRecord,
    async updateSection(section, changes, revision) {
      const saved: SavedSections = await updateRecord({ [section]: { changes, revision } });
      const found = saved[section];
      if (!found) throw new AppError('conflict');
      return found;
    },
  };
}

/** A realm's display name is told to nobody without a page: its name stands at the end of its address. */
function nameOf(issuer: string): string {
  return decodeURIComponent(issuer.slice(issuer.lastIndexOf('/') + 1)).slice(0, 200);
}
