import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';

/** Milliseconds for which an answer is kept. */
export const answerLifetimeMs = 86_400_000;
/** Of one account; the oldest goes. A client repeats within seconds, never after so many others. */
export const maxAnswers = 300;

export interface StoredAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string | null;
  /** There was a body, too large to keep. */
  readonly isLeftOut: boolean;
}

export type Begun =
  | { readonly kind: 'new' }
  | { readonly kind: 'running' }
  | { readonly kind: 'other-request' }
  | { readonly kind: 'stored'; readonly answer: StoredAnswer };

/** Answers to repeat, by person and Idempotency-Key. Never give it an answer that holds a secret. */
export type IdempotencyStore = ReturnType<typeof createIdempotencyStore>;

export function createIdempotencyStore(database: Database, clock: Clock) {
  // What ran when the last process died will never be answered.
  database.run('DELETE FROM idempotent_answers WHERE status IS NULL');
  const find = createFind(database, clock);

  /** None goes that is being worked on: its repeat would run beside it. */
  function makeRoom(accountId: string): void {
    database.run(
      `DELETE FROM idempotent_answers WHERE account_id = :accountId AND key IN (
         SELECT key FROM idempotent_answers WHERE account_id = :accountId AND status IS NOT NULL
         ORDER BY created_at DESC LIMIT -1 OFFSET :limit)`,
      { accountId, limit: maxAnswers - 1 },
    );
  }

  function remove(accountId: string, key: string): void {
    database.run('DELETE FROM idempotent_answers WHERE account_id = :accountId AND key = :key', { accountId, key });
  }

  return {
    /** `request` names method, path and content. `new` means: go on, then `keep` or `remove`. */
    begin(accountId: string, key: string, request: string): Begun {
      return database.transaction((): Begun => {
        const found = find(accountId, key, request);
        if (found) return found;
        // Of a key whose time is over.
        remove(accountId, key);
        makeRoom(accountId);
        database.run(
          `INSERT INTO idempotent_answers (account_id, key, request, created_at)
            VALUES (:accountId, :key, :request, :now)`,
          { accountId, key, request, now: clock.now() },
        );
        return { kind: 'new' };
      });
    },

    keep(accountId: string, key: string, { status, contentType, body, isLeftOut }: StoredAnswer): void {
      database.run(
        `UPDATE idempotent_answers SET status = :status, content_type = :contentType, body = :body,
          is_left_out = :leftOut
         WHERE account_id = :accountId AND key = :key`,
        { accountId, key, status, contentType, body, leftOut: isLeftOut ? 1 : 0 },
      );
    },

    remove,
  };
}

interface Row {
  readonly request: string;
  readonly status: number | null;
  readonly contentType: string | null;
  readonly body: string | null;
  readonly isLeftOut: number;
}

function createFind(database: Database, clock: Clock) {
  return (accountId: string, key: string, request: string): Begun | undefined => {
    const row = database.get<Row>(
      `SELECT request, status, content_type AS contentType, body, is_left_out AS isLeftOut FROM idempotent_answers
       WHERE account_id = :accountId AND key = :key AND created_at > :old`,
      { accountId, key, old: clock.now() - answerLifetimeMs },
    );
    if (!row) return undefined;
    if (row.request !== request) return { kind: 'other-request' };
    if (row.status === null) return { kind: 'running' };
    const { status, contentType, body, isLeftOut } = row;
    return { kind: 'stored', answer: { status, contentType, body, isLeftOut: isLeftOut === 1 } };
  };
}
