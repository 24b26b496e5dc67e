import * as z from 'zod';
import { draftEditSchema, maxDraftBytes, type DraftEdit } from '../../../../shared/contract/drafts.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Comparison, PortablePart } from '../../resources/portable-part.ts';
import { createAccountDocuments } from '../../vault/account-documents.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { draftSpec } from './drafts.stored.ts';

const recordSchema = z.strictObject({ savedAt: z.iso.datetime(), edit: draftEditSchema });
type DraftRecord = z.infer<typeof recordSchema>;
type StoredDraft = z.infer<(typeof draftSpec)['schema']>;

/** What was typed into a profile and not sent (X5), field by field. */
export function createPortableDrafts(storage: SealedStorage): PortablePart<DraftRecord> {
  const drafts = createAccountDocuments(storage, draftSpec);
  const editsOf = async (accountId: string): Promise<readonly DraftRecord[]> => {
    const { savedAt, edits } = (await drafts.read(accountId)) ?? { savedAt: '', edits: [] };
    return edits.flatMap((edit) => recordSchema.safeParse({ savedAt, edit }).data ?? []);
  };
  return {
    name: 'drafts',
    schema: recordSchema,
    keyOf: ({ edit }) => edit.path,
    count: async (accountId) => (await editsOf(accountId)).length,
    async *records(accountId) {
      yield* await editsOf(accountId);
    },
    async compare(accountId) {
      const mine = new Map((await editsOf(accountId)).map(({ edit }) => [edit.path, edit]));
      return { of: ({ edit }) => compare(mine.get(edit.path), edit) };
    },
    gather(accountId) {
      const taken = new Map<string, DraftRecord>();
      return {
        take: (record) => void taken.set(record.edit.path, record),
        async changes(given) {
          if (taken.size === 0) return [];
          const documents = createAccountDocuments(given, draftSpec);
          return [documents.change(accountId, merge(await documents.read(accountId), [...taken.values()]))];
        },
      };
    },
  };
}

function compare(mine: DraftEdit | undefined, theirs: DraftEdit): Comparison {
  if (!mine) return { kind: 'fresh' };
  if (JSON.stringify(mine.mine) === JSON.stringify(theirs.mine)) return { kind: 'same' };
  return {
    ...{ kind: 'conflict', key: theirs.path, what: theirs.shown?.label ?? mine.shown?.label ?? theirs.path },
    mine: textOf(mine),
    theirs: textOf(theirs),
  };
}

function textOf({ shown, mine }: DraftEdit): string {
  return shown?.value ?? (typeof mine === 'string' ? mine : JSON.stringify(mine));
}

/** As old as the newest of what is in it. Errors: AppError invalid-request (request-too-large). */
function merge(before: StoredDraft | undefined, taken: readonly DraftRecord[]): StoredDraft {
  const byPath = new Map(before?.edits.map((edit) => [edit.path, edit]));
  for (const { edit } of taken) byPath.set(edit.path, edit);
  const savedAt = [before?.savedAt ?? '', ...taken.map((record) => record.savedAt)].toSorted().at(-1) ?? '';
  const merged: StoredDraft = { version: 1, savedAt, edits: [...byPath.values()] };
  if (Buffer.byteLength(JSON.stringify(merged.edits)) > maxDraftBytes)
    throw new AppError('invalid-request', { reason: 'request-too-large' });
  return merged;
}
