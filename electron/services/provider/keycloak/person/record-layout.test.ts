import { describe, expect, it } from 'vitest';
import { layOut } from './record-layout.ts';
import type { RemoteAttribute, RemotePerson } from './person.ts';

function place(attributes: RemoteAttribute[], values: Record<string, unknown> = {}, locales: string[] = []) {
  const person: RemotePerson = {
    ...{ id: 'x', username: 'ada', attributes: values },
    userProfileMetadata: { attributes, groups: [] },
  };
  const placed = layOut(person, locales).filter(({ attribute }) => attribute);
  return placed.map(({ section, field, name }) => `${name} → ${section}.${field}`);
}
const named = (...names: string[]) => names.map((name) => ({ name }));

describe('R3 where the attributes of a realm stand', () => {
  it('is the field that the app knows by that name', () => {
    expect(place(named('firstName', 'address.locality', 'phone_number', 'address.country', 'company'))).toEqual([
      'firstName → user.firstName',
      'company → user.company',
      'phone_number → contact.phone',
      'address.locality → contact.city',
      'address.country → contact.country',
    ]);
  });

  it('is one field for one attribute, and for the others the rest', () => {
    expect(place(named('city', 'locality', 'badge'))).toEqual([
      'locality → contact.city',
      'city → more.city',
      'badge → more.badge',
    ]);
  });

  it('is the rest where the known field could not hold what the realm takes', () => {
    const choices = { options: { options: ['Graz', 'Linz'] } };
    expect(place([{ name: 'city', validators: choices }])).toEqual(['city → more.city']);
    expect(place([{ name: 'phone', multivalued: true }])).toEqual(['phone → more.phone']);
    expect(place(named('country'), { country: ['Austria'] })).toEqual(['country → more.country']);
    expect(place(named('country'), { country: ['AT'] })).toEqual(['country → contact.country']);
  });

  it('is nowhere for what cannot be shown', () => {
    expect(place(named('constructor', '__proto__', 'with blank', 'x'.repeat(101)))).toEqual([]);
    expect(place(named('large'), { large: ['x'.repeat(10_001)] })).toEqual([]);
    expect(place(named('odd'), { odd: 7 })).toEqual([]);
    expect(place(named('badge', 'badge'))).toEqual(['badge → more.badge']);
    expect(place(named(...Array.from({ length: 250 }, (_, index) => `a${String(index)}`)))).toHaveLength(200);
  });

  it('is a choice of languages, by their own names', () => {
    expect(place(named('locale'))).toEqual([]);
    const person: RemotePerson = { id: 'x', username: 'ada', userProfileMetadata: { attributes: named('locale') } };
    const described = layOut(person, ['en', 'de', 'not a tag']).at(-1)?.described;
    expect(described).toMatchObject({ id: 'locale', label: '', kind: 'one-of' });
    expect(described?.choices).toEqual([
      { id: 'de', name: 'Deutsch' },
      { id: 'en', name: 'English' },
      { id: 'not a tag', name: 'not a tag' },
    ]);
  });
});
