import * as z from 'zod';
import type { FieldErrors } from '../../../../../shared/contract/error-shape.ts';
import { recordSections } from '../../common/record/placed-field.ts';
import { freshIn, toSaved, toSent } from '../../common/record/record-sections.ts';
import type { ProfileChanges, SavedSections } from '../../provider.ts';
import type { Senders } from '../senders.ts';
import { explainFields, isFixedPerson } from './field-problems.ts';
import { personPath, readPerson, valuesOf, withValues, type RemotePerson } from './person.ts';
import type { PlacedAttribute } from './record-layout.ts';

type Layout = readonly PlacedAttribute[];

interface RecordUpdateDeps {
  readonly senders: Senders;
  readonly layOutRecord: (person: RemotePerson) => Promise<Layout>;
  /** The person's store takes no change at all. */
  readonly onFixed: () => void;
}

/** As `updateRecord` of the port. There is no ETag: what changes between its look and its write is overwritten. */
export function createRecordUpdate({ senders, layOutRecord, onFixed }: RecordUpdateDeps) {
  const { read, explaining } = senders;

  async function send(
    person: RemotePerson,
    sent: ReadonlyMap<string, readonly string[]>,
    layout: Layout,
  ): Promise<void> {
    const write = explaining((refusal) => {
      if (isFixedPerson(refusal)) {
        onFixed();
        return { code: 'forbidden' };
      }
      const explained = explainFields(refusal, sent);
      return explained && { ...explained, fields: toPlaces(explained.fields ?? {}, layout) };
    });
    await write({ method: 'POST', path: personPath, body: withValues(person, sent), schema: z.unknown() });
  }

  return async (changes: ProfileChanges): Promise<SavedSections> => {
    const person = await readPerson(read);
    const layout = await layOutRecord(person);
    const fresh = freshIn(changes, toSavedOf(person, layout));
    const sent = toSent(fresh, layout);
    if (sent.size === 0) return {};
    await send(person, sent, layout);
    const after = await readPerson(read);
    const saved = toSavedOf(after, await layOutRecord(after));
    return Object.fromEntries(recordSections.filter((name) => fresh[name]).map((name) => [name, saved[name]]));
  };
}

function toSavedOf(person: RemotePerson, layout: Layout): ReturnType<typeof toSaved> {
  return toSaved(layout, (name) => valuesOf(person, name));
}

/** By section and field. What is refused may be none of what was sent: an attribute that the realm wants since. */
function toPlaces(fields: FieldErrors, layout: Layout): FieldErrors {
  const placeOf = (name: string) => {
    const placed = layout.find((each) => each.name === name);
    return placed ? `${placed.section}.${placed.field}` : name;
  };
  return Object.fromEntries(Object.entries(fields).map(([name, error]) => [placeOf(name), error]));
}
