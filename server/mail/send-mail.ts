import { randomUUID } from 'node:crypto';
import type { ReportInternal } from '../report-internal.ts';
import type { MailQueue } from './mail-queue.ts';
import type { Mail } from './message.ts';

/** Tells of what is done already, so a mail that cannot even be kept only goes to the log. */
export type SendMail = (mail: Mail) => void;

export function createSendMail(mails: MailQueue, report: ReportInternal): SendMail {
  return (mail) => {
    try {
      mails.add(mail);
    } catch (error) {
      report(randomUUID(), error);
    }
    mails.deliver();
  };
}
