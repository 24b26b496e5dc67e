import { randomUUID } from 'node:crypto';
import type { ReportInternal } from '../http/error-handling.ts';
import type { Mail } from './message.ts';
import type { Outbox } from './outbox.ts';

/** Tells of what is done already, so a mail that can not be written only goes to the log. */
export type SendMail = (mail: Mail) => void;

export function createSendMail(outbox: Outbox, report: ReportInternal): SendMail {
  return (mail) => {
    try {
      outbox.send(mail);
    } catch (error) {
      report(randomUUID(), error);
    }
  };
}
