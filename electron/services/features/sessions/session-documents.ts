import type * as z from 'zod';
import type { SessionFacts } from '../../provider/account-sessions.ts';
import type { StateStore } from '../../resources/account-state.ts';
import { createAccountDocuments } from '../../vault/account-documents.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { hasSameNotes, type SessionsState } from './sessions-state.ts';
import { sessionListSpec, sessionNotesSpec } from './sessions.stored.ts';

/** The list and what the person noted lie apart: a damaged list takes no name along. */
export function createSessionDocuments(storage: SealedStorage): StateStore<SessionsState> {
  const lists = createAccountDocuments(storage, sessionListSpec);
  const notes = createAccountDocuments(storage, sessionNotesSpec);

  return {
    empty: { list: undefined, names: new Map(), seen: undefined },
    async load(accountId) {
      const [list, noted] = await Promise.all([lists.read(accountId), notes.read(accountId)]);
      return {
        list: list && { source: 'cache', takenAt: list.takenAt, facts: list.facts.map(fromStored) },
        names: new Map(noted?.names),
        seen: noted && new Set(noted.seen),
      };
    },
    async save(accountId, state, before) {
      const { list, names, seen } = state;
      const isOtherList = list !== undefined && list.facts !== before.list?.facts;
      if (isOtherList)
        await lists.write(accountId, { version: 1, takenAt: list.takenAt, facts: list.facts.map(toStored) });
      const areOtherNotes = !hasSameNotes(before, state);
      if (areOtherNotes) await notes.write(accountId, { version: 1, names: [...names], seen: [...(seen ?? [])] });
      return isOtherList || areOtherNotes;
    },
    async remove(accountId) {
      await lists.remove(accountId);
      await notes.remove(accountId);
    },
  };
}

type StoredFacts = z.infer<typeof sessionListSpec.schema>['facts'][number];

/** On disk `reported` is called `told`, as earlier versions wrote it. */
function toStored({ reported, programs, ...facts }: SessionFacts): StoredFacts {
  return { ...facts, programs: [...programs], told: reported };
}

function fromStored({ told, ...facts }: StoredFacts): SessionFacts {
  return { ...facts, reported: told };
}
