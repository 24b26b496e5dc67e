import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';

/** Milliseconds for which an answer is kept. */
const lifetime = 86_400_000;

export interface KeptAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string | null;
}

export type Begun =
  | { readonly kind: 'new' }
  | { readonly kind: 'running' }
  | { readonly kind: 'other-request' }
  | { readonly kind: 'kept'; readonly answer: KeptAnswer };

/** Answers to repeat, by person and Idempotency-Key. Never give it an answer that holds a secret. */
export type IdempotencyStore = ReturnType<typeof createIdempotencyStore>;

export function createIdempotencyStore(database: Database, clock: Clock) {
  // What ran when the last process died will never be answered.
  database.run('DELETE FROM idempotent_answers WHERE status IS NULL');
  return {
    /** `request` names method, path and content. `new` means: go on, then `keep` or `drop`. */
    begin(accountId: string, key: string, request: string): Begun {
      return database.transaction((): Begun => {
        database.run('DELETE FROM idempotent_answers WHERE created_at <= :old', { old: clock.now() - lifetime });
        const row = database.get<{
          request: string;
          status: number | null;
          contentType: string | null;
          body: string | null;
        }>(
          'SELECT request, status, content_type AS contentType, body FROM idempotent_answers WHERE account_id = :accountId AND key = :key',
          { accountId, key },
        );
        if (row && row.request !== request) return { kind: 'other-request' };
        if (row && row.status === null) return { kind: 'running' };
        if (row)
          return { kind: 'kept', answer: { status: Number(row.status), contentType: row.contentType, body: row.body } };
        database.run(
          'INSERT INTO idempotent_answers (account_id, key, request, created_at) VALUES (:accountId, :key, :request, :now)',
          { accountId, key, request, now: clock.now() },
        );
        return { kind: 'new' };
      });
    },

    keep(accountId: string, key: string, { status, contentType, body }: KeptAnswer): void {
      database.run(
        `UPDATE idempotent_answers SET status = :status, content_type = :contentType, body = :body
         WHERE account_id = :accountId AND key = :key`,
        { accountId, key, status, contentType, body },
      );
    },

    drop(accountId: string, key: string): void {
      database.run('DELETE FROM idempotent_answers WHERE account_id = :accountId AND key = :key', { accountId, key });
    },
  };
}
