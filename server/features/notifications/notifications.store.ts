import type { Database } from '../../database/database.ts';
import type { Notifications, Threshold } from './notifications.schemas.ts';

export type NotificationSettings = Omit<Notifications, 'sentTo'>;

interface Row {
  readonly quotaAlerts: number;
  readonly thresholds: string;
  readonly dailyReport: number;
}

/** Who wants which mails, and how full the storage is. */
export type NotificationsStore = ReturnType<typeof createNotificationsStore>;

export function createNotificationsStore(database: Database) {
  return {
    /** All off for a person who never chose. */
    read(accountId: string): NotificationSettings {
      const row = database.get<Row>(
        `SELECT quota_alerts AS quotaAlerts, thresholds, daily_report AS dailyReport FROM notifications
          WHERE account_id = :accountId`,
        { accountId },
      );
      if (!row) return { quotaAlerts: false, thresholds: [], dailyReport: false };
      return {
        quotaAlerts: row.quotaAlerts === 1,
        thresholds: JSON.parse(row.thresholds) as Threshold[],
        dailyReport: row.dailyReport === 1,
      };
    },

    write(accountId: string, { quotaAlerts, thresholds, dailyReport }: NotificationSettings): void {
      database.run(
        `INSERT INTO notifications (account_id, quota_alerts, thresholds, daily_report)
          VALUES (:accountId, :quotaAlerts, :thresholds, :dailyReport)
         ON CONFLICT (account_id) DO UPDATE
         SET quota_alerts = :quotaAlerts, thresholds = :thresholds, daily_report = :dailyReport`,
        {
          accountId,
          quotaAlerts: quotaAlerts ? 1 : 0,
          thresholds: JSON.stringify(thresholds),
          dailyReport: dailyReport ? 1 : 0,
        },
      );
    },

    /** Ids of the people who want quota alerts. */
    listAlerted(): string[] {
      return database
        .all<{ id: string }>('SELECT account_id AS id FROM notifications WHERE quota_alerts = 1')
        .map(({ id }) => id);
    },

    /** Percent of the quota; returns what it was before. */
    setUtilization(percent: number): number {
      return database.transaction(() => {
        const { percent: before } = database.get<{ percent: number }>('SELECT percent FROM utilization') ?? {
          percent: 0,
        };
        database.run('UPDATE utilization SET percent = :percent', { percent });
        return before;
      });
    },

    readUtilization(): number {
      return database.get<{ percent: number }>('SELECT percent FROM utilization')?.percent ?? 0;
    },

    /** Ids of the people who are due a report on `day` (YYYY-MM-DD); from now on they have had it. */
    takeDueReports(day: string): string[] {
      return database
        .all<{ id: string }>(
          `UPDATE notifications SET last_report_day = :day WHERE daily_report = 1 AND last_report_day < :day
            RETURNING account_id AS id`,
          { day },
        )
        .map(({ id }) => id);
    },
  };
}
