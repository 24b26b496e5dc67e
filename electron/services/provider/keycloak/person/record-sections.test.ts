import { describe, expect, it } from 'vitest';
import { toSections, toSent } from '../../common/record/record-sections.ts';
import { valuesOf, type RemotePerson } from './person.ts';
import { groupsOf, layOut } from './record-layout.ts';

const options = { options: { options: ['en', 'de'] } };
const person: RemotePerson = {
  ...{ id: 'x', username: 'ada', attributes: { tongues: ['tlh', 'de', 'en'] } },
  userProfileMetadata: {
    attributes: [
      { name: 'desk', group: 'work' },
      { name: 'badge', group: 'gone' },
      { name: 'tongues', group: 'home', multivalued: true, validators: options },
      { name: 'nickname' },
    ],
    groups: [
      { name: 'home', displayHeader: '${homeHeader}', displayDescription: '${homeWords}' },
      { name: 'work', displayHeader: 'Work' },
      { name: 'empty', displayHeader: 'Empty' },
      { name: 'work', displayHeader: 'Work again' },
    ],
  },
};
const layout = layOut(person, []);
const groups = groupsOf(
  person,
  layout.flatMap(({ described }) => described ?? []),
);
const { more } = toSections({
  layout,
  groups,
  valuesOf: (name) => valuesOf(person, name),
  judge: () => ({ kind: 'editable' }),
});

describe('R3 the groups of a realm', () => {
  it('are those that a field is in, once each, in the realm’s order', () => {
    expect(more.groups).toEqual([
      { id: 'home', heading: 'Home header', description: '' },
      { id: 'work', heading: 'Work', description: '' },
    ]);
  });

  it('order the fields: those without a group, or of one that is not described, come first', () => {
    expect(more.fields.map(({ id, group }) => [id, group])).toEqual([
      ['badge', null],
      ['nickname', null],
      ['tongues', 'home'],
      ['desk', 'work'],
    ]);
  });
});

describe('R3 the values of a record', () => {
  it('stand in the order of the choices, those that are none of them last', () => {
    expect(more.values['tongues']).toEqual(['en', 'de', 'tlh']);
  });

  it('are sent by attribute, an empty one as none', () => {
    const changes = { more: { revision: '', changes: { nickname: ' ', tongues: ['en', ''] } } };
    expect([...toSent(changes, layout)]).toEqual([
      ['nickname', []],
      ['tongues', ['en']],
    ]);
  });
});
