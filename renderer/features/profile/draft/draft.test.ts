import { describe, expect, it } from 'vitest';
import { sampleProfile } from '../../../testing/sample-profile.ts';
import { sampleMore } from '../../../testing/sample-more.ts';
import type { Sections } from '../fields/field-path.ts';
import {
  changedFields,
  describeEdit,
  changeField,
  dropSaved,
  emptyDraft,
  isConflicting,
  keepMine,
  placed,
  rebase,
  toUpdate,
  without,
} from './draft.ts';

const profile = sampleProfile('c1');
const { sections } = profile;

/** The same profile with another contact, as it is after a change elsewhere. */
function withContact(changes: Partial<Sections['contact']['values']>): Sections {
  return { ...sections, contact: { ...sections.contact, values: { ...sections.contact.values, ...changes } } };
}

const toMalmo = changeField(emptyDraft, sections, 'contact.city', 'Malmö');

describe('W2 changing a field', () => {
  it('keeps the value it had before and the new one', () => {
    expect([...toMalmo]).toEqual([['contact.city', { base: 'Stockholm', mine: 'Malmö' }]]);
  });

  it('is no change when the old value is typed again, with blanks or composed otherwise', () => {
    expect(changeField(toMalmo, sections, 'contact.city', 'Stockholm').size).toBe(0);
    expect(changeField(emptyDraft, sections, 'contact.city', ' Stockholm ').size).toBe(0);
    expect(changeField(emptyDraft, withContact({ city: 'Malmö' }), 'contact.city', 'Malmo\u0308').size).toBe(0);
  });

  it('tells an absent picture from a removed one', () => {
    expect(changeField(emptyDraft, sections, 'avatar.image', null).size).toBe(0);
    expect(changeField(emptyDraft, sections, 'avatar.image', 'data:image/png;base64,AA==').size).toBe(1);
  });

  it('can be undone field by field', () => {
    const both = changeField(toMalmo, sections, 'user.firstName', 'Maria');
    expect([...without(both, 'contact.city').keys()]).toEqual(['user.firstName']);
  });

  it('never changes the draft it was given', () => {
    changeField(toMalmo, sections, 'contact.city', 'Lund');
    expect(toMalmo.get('contact.city')?.mine).toBe('Malmö');
  });
});

describe('W2 a newer profile under a draft', () => {
  it('leaves a change alone where nothing changed below it', () => {
    expect([...rebase(toMalmo, withContact({ phone: '1' }))]).toEqual([...toMalmo]);
  });

  it('keeps both values where both sides changed the field', () => {
    const edit = rebase(toMalmo, withContact({ city: 'Uppsala' })).get('contact.city');
    expect(edit).toEqual({ base: 'Stockholm', mine: 'Malmö', theirs: 'Uppsala' });
    expect(isConflicting(edit)).toBe(true);
  });

  it('takes a conflict back when the other side undoes its change', () => {
    const clash = rebase(toMalmo, withContact({ city: 'Uppsala' }));
    expect(isConflicting(rebase(clash, sections).get('contact.city'))).toBe(false);
  });

  it('drops a change that the other side made too', () => {
    expect(rebase(toMalmo, withContact({ city: 'Malmö ' })).size).toBe(0);
  });

  it('puts the own value on top of the other once it is chosen', () => {
    const kept = keepMine(rebase(toMalmo, withContact({ city: 'Uppsala' })), 'contact.city');
    expect(kept.get('contact.city')).toEqual({ base: 'Uppsala', mine: 'Malmö' });
  });

  it('X5 goes on asking while the field is typed in, also on what is kept of it', () => {
    const clash = rebase(toMalmo, withContact({ city: 'Uppsala' }));
    const typedOn = changeField(clash, withContact({ city: 'Uppsala' }), 'contact.city', 'Malmö Nord');
    const asked = { base: 'Stockholm', mine: 'Malmö Nord', theirs: 'Uppsala' };
    expect(typedOn.get('contact.city')).toEqual(asked);
    expect(rebase(typedOn, withContact({ city: 'Uppsala' })).get('contact.city')).toEqual(asked);
    expect(changeField(typedOn, withContact({ city: 'Uppsala' }), 'contact.city', 'Uppsala').size).toBe(0);
  });

  it('X5 drops nothing for what the cache says, which may be older', () => {
    const edit = { base: 'Uppsala', mine: 'Stockholm' };
    const draft = new Map([['contact.city' as const, edit]]);
    expect([...rebase(draft, sections, false)]).toEqual([['contact.city', edit]]);
    expect(rebase(draft, sections).size).toBe(0);
  });

  it('keeps nothing where there is no conflict', () => {
    expect(keepMine(toMalmo, 'contact.city')).toBe(toMalmo);
    expect(keepMine(toMalmo, 'user.firstName')).toBe(toMalmo);
  });

  it('names the fields that differ, in the order of the screen', () => {
    expect(changedFields(sections, withContact({ country: 'NO', email: 'm@example.com' }))).toEqual([
      'contact.email',
      'contact.country',
    ]);
  });
});

describe('W2 what is sent', () => {
  it('holds only the changed fields, each section with its revision', () => {
    const draft = changeField(toMalmo, sections, 'user.firstName', 'Maria');
    expect(toUpdate(draft, profile)).toEqual({
      accountId: 'c1',
      user: { revision: 'u1', changes: { firstName: 'Maria' } },
      contact: { revision: 'c1', changes: { city: 'Malmö' } },
    });
  });

  it('can empty a field and remove a picture', () => {
    const pictured = { ...sections, avatar: { ...sections.avatar, values: { image: 'data:image/png;base64,AA==' } } };
    const draft = changeField(changeField(emptyDraft, sections, 'contact.phone', ''), pictured, 'avatar.image', null);
    expect(toUpdate(draft, profile)).toMatchObject({
      contact: { changes: { phone: '' } },
      avatar: { changes: { image: null } },
    });
  });
});

describe('R3 fields that the service describes', () => {
  const described = { ...sections, more: sampleMore({ 'a.b': { label: 'A', kind: 'list', value: ['x'] } }) };

  it('are told apart by an id that may have dots, and sent without rows that were left empty', () => {
    const draft = changeField(emptyDraft, described, 'more.a.b', ['x', ' ', 'y']);
    expect(toUpdate(draft, { ...profile, sections: described })).toEqual({
      accountId: 'c1',
      more: { revision: 'm1', changes: { 'a.b': ['x', 'y'] } },
    });
  });

  it('are no change where the same texts are typed again, and one where their order is another', () => {
    expect(changeField(emptyDraft, described, 'more.a.b', ['x ']).size).toBe(0);
    expect(changeField(emptyDraft, described, 'more.a.b', []).size).toBe(1);
    expect(changedFields(described, { ...described, more: sampleMore({ 'a.b': { label: 'A' } }) })).toEqual([
      'more.a.b',
    ]);
  });

  it('keep their change where the service describes them no more, without a place in the form', () => {
    const shown = { label: 'A', value: 'y' };
    const draft = describeEdit(changeField(emptyDraft, described, 'more.a.b', ['y']), 'more.a.b', shown);
    const rebased = rebase(draft, sections);
    expect([...rebased]).toEqual([['more.a.b', { base: ['x'], mine: ['y'], shown }]]);
    expect([placed(rebased, sections).size, placed(rebased, sections, false).size]).toEqual([0, 1]);
    expect(placed(rebased, described).size).toBe(1);
  });

  it('X5 show nothing of an earlier change for a later one', () => {
    const shown = { label: 'A', value: 'y' };
    const draft = describeEdit(changeField(emptyDraft, described, 'more.a.b', ['y']), 'more.a.b', shown);
    expect(changeField(draft, described, 'more.a.b', ['z']).get('more.a.b')).toEqual({ base: ['x'], mine: ['z'] });
  });

  it('X5 have no place either where they are filled in in another way by now', () => {
    const draft = changeField(emptyDraft, described, 'more.a.b', ['y']);
    const asText = { ...described, more: sampleMore({ 'a.b': { label: 'A', value: 'x' } }) };
    expect(placed(rebase(draft, asText), asText, false).size).toBe(1);
  });

  it.each([
    ['yes-no', 'perhaps', false],
    ['yes-no', 'true', true],
    ['date', 'next week', false],
    ['date', '2026-03-01', true],
    ['date', '?', true],
    ['date', '', true],
    ['one-of', 'gone', true],
    ['number', 'many', true],
  ] as const)('X5 have a place where their control can show the value: %s, %s', (kind, mine, isPlaced) => {
    const more = { ...sections, more: sampleMore({ a: { label: 'A', kind, value: 'x' } }) };
    const draft = new Map([['more.a' as const, { base: 'x', mine }]]);
    expect(placed(draft, more).size).toBe(isPlaced ? 1 : 0);
  });
});

describe('W2 after saving', () => {
  const draft = changeField(toMalmo, sections, 'user.firstName', 'Maria');

  it('drops what was saved and keeps the other section', () => {
    expect([...dropSaved(draft, draft, 'contact').keys()]).toEqual(['user.firstName']);
  });

  it('keeps what was typed while it was being sent', () => {
    const saved = withContact({ city: 'Malmö' });
    const typedOn = rebase(changeField(draft, sections, 'contact.city', 'Malmö Nord'), saved);
    expect(dropSaved(typedOn, draft, 'contact').get('contact.city')).toEqual({ base: 'Malmö', mine: 'Malmö Nord' });
  });

  it('takes a value that the provider wrote a little differently as saved', () => {
    const sent = changeField(emptyDraft, sections, 'contact.phone', '+46812345600');
    const rebased = rebase(sent, withContact({ phone: '+46 8 123 456 00' }));
    expect(dropSaved(rebased, sent, 'contact').size).toBe(0);
  });
});
