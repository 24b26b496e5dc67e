import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { ReportInternal } from '../report-internal.ts';
import type { Mail } from './message.ts';
import type { Outbox } from './outbox.ts';

/**
 * Mails on their way to the outbox. One that is added within the transaction of what it tells of is neither lost nor
 * sent twice, whatever happens in between; what cannot be sent goes with the next one, or at the next start.
 */
export interface MailQueue {
  add(mail: Mail): void;
  /**
   * Sends what is due, oldest first; what cannot be sent is reported and stays. Not within the transaction that added
   * it.
   */
  deliver(): void;
}

export function createMailQueue(database: Database, outbox: Outbox, report: ReportInternal): MailQueue {
  function orReport(work: () => void): void {
    try {
      work();
    } catch (error) {
      report(randomUUID(), error);
    }
  }

  return {
    add({ to, subject, text }) {
      database.run('INSERT INTO mails_due (id, recipient, subject, text) VALUES (:id, :to, :subject, :text)', {
        id: randomUUID(),
        to,
        subject,
        text,
      });
    },

    deliver() {
      // A transaction, so that no other process delivers the same ones.
      orReport(() => {
        database.transaction(() => {
          for (const { id, ...mail } of database.all<Mail & { readonly id: string }>(
            'SELECT id, recipient AS "to", subject, text FROM mails_due ORDER BY place',
          )) {
            orReport(() => {
              outbox.send(mail, id);
              database.run('DELETE FROM mails_due WHERE id = :id', { id });
            });
          }
        });
      });
    },
  };
}
