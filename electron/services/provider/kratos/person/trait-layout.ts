import type { FieldGroup } from '../../../../../shared/contract/account/described-fields.ts';
import {
  fitsIn,
  wellKnownPlaces,
  type KnownPlace,
  type PlacedField,
  type ValuesOf,
} from '../../common/record/placed-field.ts';
import type { Trait } from './identity-schema.ts';

/** A trait, and where it stands on the page. */
export interface PlacedTrait extends PlacedField {
  readonly trait: Trait;
}

/** Names that operators give them: of Kratos' own samples, of OpenID Connect, and common ones. */
const ownPlaces: readonly KnownPlace[] = [
  {
    section: 'user',
    field: 'firstName',
    names: ['name.first', 'name.given', 'first_name', 'firstName', 'given_name', 'givenName', 'name', 'full_name'],
  },
  {
    section: 'user',
    field: 'lastName',
    names: ['name.last', 'name.family', 'last_name', 'lastName', 'family_name', 'familyName', 'surname'],
  },
  { section: 'user', field: 'username', names: ['username', 'user_name', 'preferred_username', 'nickname'] },
  ...wellKnownPlaces,
];

/** In the order of the schema; those that nothing can be shown of are nowhere, and stay as they are. */
export function layOutTraits(traits: readonly Trait[], valuesOf: ValuesOf): readonly PlacedTrait[] {
  const shown = traits.filter(({ path }) => valuesOf(path) !== undefined);
  const email = emailOf(shown);
  const known = [
    ...(email ? [{ section: 'contact', field: 'email', name: email.path, trait: email } as const] : []),
    ...ownPlaces.flatMap((place) => findFor(place, shown, valuesOf)),
  ];
  const taken = new Set(known.map(({ name }) => name));
  const rest = shown.filter(({ path }) => !taken.has(path));
  const inMore = rest.map(
    (trait) => ({ section: 'more', field: trait.path, name: trait.path, trait, described: trait.described }) as const,
  );
  return [...known, ...inMore];
}

/** The address that mails of the service go to, whatever its name. */
function emailOf(traits: readonly Trait[]): Trait | undefined {
  const all = traits.filter(({ described: { kind } }) => kind === 'email');
  return all.find(({ path }) => path === 'email') ?? all.find(({ isGuarded }) => isGuarded) ?? all[0];
}

function findFor({ section, field, names }: KnownPlace, traits: readonly Trait[], valuesOf: ValuesOf): PlacedTrait[] {
  const fitting = (name: string) =>
    traits.filter(
      ({ path, keptAs, described }) =>
        path === name && keptAs === 'text' && fitsIn(field, described.kind, valuesOf(path) ?? []),
    );
  const found = names.flatMap(fitting).slice(0, 1);
  return found.map((trait) => ({ section, field, name: trait.path, trait }));
}

/** The objects that fields are in, by their titles. */
export function groupsOf(layout: readonly PlacedTrait[]): FieldGroup[] {
  const titles = new Set(layout.flatMap(({ described }) => described?.group ?? []));
  return [...titles].map((title) => ({ id: title, heading: title, description: '' }));
}
