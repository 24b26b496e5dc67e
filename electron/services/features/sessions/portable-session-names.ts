import * as z from 'zod';
import { createAccountDocuments } from '../../vault/account-documents.ts';
import type { PortablePart } from '../../resources/portable-part.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { sessionNotesSpec } from './sessions.stored.ts';

const sessionId = z.string().min(1).max(200);

/** A name that the person gave (X10), or sessions that they have seen (X4). */
const recordSchema = z.union([
  z.strictObject({ id: sessionId, name: z.string().min(1).max(100) }),
  z.strictObject({ seen: z.array(sessionId).max(1_000) }),
]);
type SessionRecord = z.infer<typeof recordSchema>;

/** Ids in one record. */
const seenAtOnce = 1_000;

/** The person's own names of their sessions (X10) go with the account: a session has the same id everywhere. */
export function createPortableSessionNames(storage: SealedStorage): PortablePart<SessionRecord> {
  const notes = createAccountDocuments(storage, sessionNotesSpec);
  return {
    name: 'sessionNames',
    schema: recordSchema,
    keyOf: (record) => ('seen' in record ? undefined : record.id),
    count: async (accountId) => (await notes.read(accountId))?.names.length ?? 0,
    async *records(accountId) {
      const { names, seen } = (await notes.read(accountId)) ?? none;
      for (const [id, name] of names) yield { id, name };
      for (let at = 0; at < seen.length; at += seenAtOnce) yield { seen: seen.slice(at, at + seenAtOnce) };
    },
    async compare(accountId) {
      const names = new Map((await notes.read(accountId))?.names);
      return {
        of(record) {
          if ('seen' in record) return { kind: 'beside' };
          const mine = names.get(record.id);
          if (mine === undefined) return { kind: 'fresh' };
          if (mine === record.name) return { kind: 'same' };
          return { kind: 'conflict', key: record.id, what: '', mine, theirs: record.name };
        },
      };
    },
    gather: (accountId) => gather(accountId),
  };
}

const none: Pick<z.infer<(typeof sessionNotesSpec)['schema']>, 'names' | 'seen'> = { names: [], seen: [] };

function gather(accountId: string): ReturnType<PortablePart<SessionRecord>['gather']> {
  const taken = new Map<string, string>();
  const seen = new Set<string>();
  return {
    take(record) {
      if ('seen' in record) record.seen.forEach((id) => seen.add(id));
      else taken.set(record.id, record.name);
    },
    async changes(storage) {
      if (taken.size === 0 && seen.size === 0) return [];
      const notes = createAccountDocuments(storage, sessionNotesSpec);
      const before = (await notes.read(accountId)) ?? none;
      const names = new Map([...before.names, ...taken]);
      return [
        notes.change(accountId, {
          version: 1,
          names: [...names],
          seen: [...new Set([...before.seen, ...seen, ...taken.keys()])],
        }),
      ];
    },
  };
}
