import type { Database } from '../../database/database.ts';
import type { Workplace } from './workplace.schemas.ts';

export type WorkplaceSettings = Omit<Workplace, 'choices'>;
type Row = Omit<WorkplaceSettings, 'wfmNotifications'> & { readonly wfmNotifications: number };

/** How a person works in the contact center. */
export type WorkplaceStore = ReturnType<typeof createWorkplaceStore>;

export function createWorkplaceStore(database: Database) {
  return {
    read(accountId: string): WorkplaceSettings {
      const row = database.get<Row>(
        `SELECT dialing_pattern AS dialingPattern, wfm_notifications AS wfmNotifications, wfm_interval AS wfmInterval
         FROM workplaces WHERE account_id = :accountId`,
        { accountId },
      );
      if (!row) return { dialingPattern: '', wfmNotifications: false, wfmInterval: 10 };
      return { ...row, wfmNotifications: row.wfmNotifications === 1 };
    },

    write(accountId: string, { dialingPattern, wfmNotifications, wfmInterval }: WorkplaceSettings): void {
      database.run(
        `INSERT INTO workplaces VALUES (:accountId, :dialingPattern, :wfmNotifications, :wfmInterval)
         ON CONFLICT (account_id) DO UPDATE
         SET dialing_pattern = :dialingPattern, wfm_notifications = :wfmNotifications, wfm_interval = :wfmInterval`,
        { accountId, dialingPattern, wfmNotifications: wfmNotifications ? 1 : 0, wfmInterval },
      );
    },
  };
}
