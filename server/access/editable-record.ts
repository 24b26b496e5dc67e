import type { Database } from '../database/database.ts';
import { refuseLocked, type SectionAccess } from '../accounts/field-access.ts';
import { checkPrecondition, etagOf } from '../http/conditional.ts';

/** A record of a person that is read and written on its own, under its own ETag. */
export interface EditableRecord<Value, Change> {
  read(accountId: string): Value;
  /** Returns the record as kept. Errors: Problem precondition-required, stale, forbidden, invalid. */
  update(accountId: string, patch: Change, ifMatch: string | undefined): Value;
}

export interface RecordDeps<Value, Change> {
  readonly database: Database;
  readonly read: (accountId: string) => Value;
  readonly accessOf: (accountId: string) => SectionAccess;
  /** Checks and writes. Errors: Problem invalid. */
  readonly apply: (accountId: string, patch: Change, current: Value) => void;
}

export function createEditableRecord<Value, Change extends object>({
  database,
  read,
  accessOf,
  apply,
}: RecordDeps<Value, Change>): EditableRecord<Value, Change> {
  return {
    read,
    update(accountId, patch, ifMatch) {
      // Reading, comparing and writing must not be torn apart by another writer.
      return database.transaction(() => {
        const current = read(accountId);
        checkPrecondition(ifMatch, etagOf(current));
        refuseLocked(accessOf(accountId), patch);
        apply(accountId, patch, current);
        return read(accountId);
      });
    },
  };
}
