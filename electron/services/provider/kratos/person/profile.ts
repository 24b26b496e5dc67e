import * as z from 'zod';
import type { DescribedKind } from '../../../../../shared/contract/account/described-fields.ts';
import type { FieldAccess, OperationAccess } from '../../../../../shared/contract/account/profile.ts';
import { AppError, type FieldErrorCode } from '../../../../../shared/contract/errors.ts';
import { recordSections } from '../../common/record/placed-field.ts';
import { freshIn, toSaved, toSections, toSent } from '../../common/record/record-sections.ts';
import { toUtc } from '../../common/to-utc.ts';
import type { ProfileChanges, ProfileReading, ProviderAccount, SavedSections } from '../../provider.ts';
import { remoteFlowSchema } from '../flows/flow.ts';
import { openForm, sendForm } from '../flows/forms.ts';
import type { FieldOf } from '../flows/problem.ts';
import type { Senders } from '../senders.ts';
import { readWhoami, remoteIdentitySchema, type RemoteIdentity } from '../session.ts';
import { nameOf } from '../way-in/instance.ts';
import { readTraits, type Trait } from './identity-schema.ts';
import { groupsOf, layOutTraits, type PlacedTrait } from './trait-layout.ts';
import { valuesIn, withTexts } from './traits.ts';

type ProfileCalls = Pick<ProviderAccount, 'readAccount' | 'whoAmI' | 'readProfile' | 'updateSection' | 'updateRecord'>;

export interface ProfileDeps {
  readonly senders: Senders;
  readonly address: string;
  readonly readOperations: (email: FieldAccess | undefined) => Promise<OperationAccess>;
}

const remoteSettingsSchema = remoteFlowSchema.extend({ identity: remoteIdentitySchema });

interface LaidOut {
  readonly identity: RemoteIdentity;
  readonly traits: readonly Trait[];
  readonly layout: readonly PlacedTrait[];
  readonly valuesOf: ReturnType<typeof valuesIn>;
}

export function createKratosProfile({ senders, address, readOperations }: ProfileDeps): ProfileCalls {
  /** By id; an operator who changes one gives it another id, or starts the server anew. */
  const schemas = new Map<string, Promise<readonly Trait[]>>();

  function traitsOf(schemaId: string): Promise<readonly Trait[]> {
    const known = schemas.get(schemaId) ?? readTraits(senders.session, schemaId);
    schemas.set(schemaId, known);
    known.catch(() => schemas.delete(schemaId));
    return known;
  }

  async function layOut(identity: RemoteIdentity): Promise<LaidOut> {
    const traits = await traitsOf(identity.schema_id);
    const valuesOf = valuesIn(identity.traits, traits);
    return { identity, traits, valuesOf, layout: layOutTraits(traits, valuesOf) };
  }

  async function toReading(identity: RemoteIdentity): Promise<ProfileReading> {
    // Read anew with each profile: the next write goes by it.
    schemas.clear();
    const { layout, valuesOf } = await layOut(identity);
    const { user, ...sections } = toSections({ layout, valuesOf, groups: groupsOf(layout), judge });
    const registeredAt = toUtc(Date.parse(identity.created_at ?? ''));
    const operations = await readOperations(layout.some(isEmail) ? sections.contact.access.email : undefined);
    return {
      operations,
      sections: {
        ...sections,
        user: {
          ...user,
          values: { ...user.values, registeredAt },
          access: { ...user.access, registeredAt: { kind: registeredAt ? 'set-by-provider' : 'not-offered' } },
        },
      },
    };
  }

  /** There is no ETag: what changes between its look and its write is overwritten. */
  async function updateRecord(changes: ProfileChanges): Promise<SavedSections> {
    const form = await openForm(senders.session, { form: 'settings' }, remoteSettingsSchema);
    const { identity, traits, layout, valuesOf } = await layOut(form.identity);
    const fresh = freshIn(changes, toSaved(layout, valuesOf));
    const sent = toSent(fresh, layout);
    if (sent.size === 0) return {};
    const filled = { method: 'profile', traits: withTexts(identity.traits, traits, sent) };
    const send = senders.form(placesOf(layout));
    const { body } = await sendForm(send, 'settings', form.id, filled, z.object({ identity: remoteIdentitySchema }));
    const after = await layOut(body.identity);
    const saved = toSaved(after.layout, after.valuesOf);
    return Object.fromEntries(recordSections.filter((name) => fresh[name]).map((name) => [name, saved[name]]));
  }

  return {
    async readAccount() {
      const { identity } = await readWhoami(senders);
      return { personId: identity.id, providerName: nameOf(address), profile: await toReading(identity) };
    },
    whoAmI: async () => (await readWhoami(senders)).identity.id,
    readProfile: async () => toReading((await readWhoami(senders)).identity),
    updateRecord,
    async updateSection(section, changes, revision) {
      const saved: SavedSections = await updateRecord({ [section]: { changes, revision } });
      const found = saved[section];
      if (!found) throw new AppError('conflict');
      return found;
    },
  };
}

function judge({ trait: { isFixed, isGuarded } }: PlacedTrait): FieldAccess {
  if (isFixed) return { kind: 'set-by-provider' };
  return { kind: 'editable', ...(isGuarded && { needsReauth: true }) };
}

function isEmail({ section, field }: PlacedTrait): boolean {
  return section === 'contact' && field === 'email';
}

/** By section and field. What the form as a whole says is that somebody has an identifier of it. */
function placesOf(layout: readonly PlacedTrait[]): FieldOf {
  const identifier = layout.find(isEmail) ?? layout.find(({ trait }) => trait.isGuarded);
  return (name) => {
    // An entry of a list has its place behind it.
    const path = name.replace(/^traits\./, '').replace(/\.\d+$/, '');
    const placed = name === '' ? identifier : layout.find(({ trait }) => path === trait.path);
    if (!placed) return undefined;
    const { section, field, trait } = placed;
    return { field: `${section}.${field}`, otherwise: name === '' ? undefined : byKind[trait.described.kind] };
  };
}

const byKind: Readonly<Partial<{ [K in DescribedKind]: FieldErrorCode }>> = {
  'one-of': 'not-a-choice',
  'several-of': 'not-a-choice',
  number: 'not-a-number',
  link: 'not-a-link',
  date: 'not-a-date',
};
