import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createEditableRecord, type EditableRecord } from '../../access/editable-record.ts';
import { instant } from '../../http/instant.ts';
import type { MailQueue } from '../../mail/mail-queue.ts';
import type { AccountsStore } from '../../accounts/accounts.store.ts';
import { sectionAccess, type SectionAccess } from '../../accounts/field-access.ts';
import { checkThresholds } from './check-thresholds.ts';
import { notificationsSchema, type Notifications, type NotificationsPatch } from './notifications.schemas.ts';
import type { NotificationsStore } from './notifications.store.ts';

export interface NotificationDeps {
  readonly database: Database;
  readonly notifications: NotificationsStore;
  readonly accounts: AccountsStore;
  readonly mails: MailQueue;
  readonly clock: Clock;
  /** Needed to change what is sent. */
  readonly permission: string;
}

export interface NotificationsService {
  readonly record: EditableRecord<Notifications, NotificationsPatch>;
  access(permissions: readonly string[]): SectionAccess;
  /** `percent` of the quota. Sends one mail for each threshold that the utilization rises to. */
  setUtilization(percent: number): void;
  /** Sends each report that is due; at most one a person and day (UTC). */
  sendDailyReports(): void;
}

/** What a person is told by mail about the use of their storage. */
export function createNotificationsService(deps: NotificationDeps): NotificationsService {
  return { ...settings(deps), ...mailings(deps) };
}

function settings({ database, notifications, accounts, permission }: NotificationDeps) {
  const rule = { permission };
  const rules = { quotaAlerts: rule, thresholds: rule, dailyReport: rule, sentTo: 'set-by-provider' } as const;
  const access = (permissions: readonly string[]) =>
    sectionAccess(Object.keys(notificationsSchema.shape), rules, permissions);
  const record = createEditableRecord<Notifications, NotificationsPatch>({
    database,
    read: (accountId) => ({ ...notifications.read(accountId), sentTo: accounts.readContact(accountId).email }),
    accessOf: (accountId) => access(accounts.readPermissions(accountId)),
    apply(accountId, { quotaAlerts, thresholds, dailyReport }, current) {
      notifications.write(accountId, {
        quotaAlerts: quotaAlerts ?? current.quotaAlerts,
        thresholds: thresholds ? checkThresholds(thresholds) : current.thresholds,
        dailyReport: dailyReport ?? current.dailyReport,
      });
    },
  });
  return { access, record };
}

function mailings({ database, notifications, accounts, mails, clock }: NotificationDeps) {
  const mailTo = (accountId: string, subject: string, text: string) => {
    mails.add({ to: accounts.readContact(accountId).email, subject, text });
  };
  /** With its mails in one transaction: a crash loses both or none. */
  const withMails = (work: () => void) => {
    database.transaction(work);
    mails.deliver();
  };
  return {
    setUtilization(percent: number) {
      withMails(() => {
        const before = notifications.setUtilization(percent);
        for (const accountId of notifications.listAlerted()) {
          const crossed = notifications
            .read(accountId)
            .thresholds.filter(
              (threshold) => threshold.byMail && before < threshold.percent && threshold.percent <= percent,
            );
          for (const threshold of crossed) {
            mailTo(
              accountId,
              `Your storage is ${String(threshold.percent)}% full`,
              `The utilization rose from ${String(before)}% to ${String(percent)}%.`,
            );
          }
        }
      });
    },

    sendDailyReports() {
      const day = instant(clock.now()).slice(0, 10);
      withMails(() => {
        for (const accountId of notifications.takeDueReports(day)) {
          mailTo(
            accountId,
            `Usage report for ${day}`,
            `The utilization of your storage is ${String(notifications.readUtilization())}%.`,
          );
        }
      });
    },
  };
}
