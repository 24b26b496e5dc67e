import * as z from 'zod';
import type { Feature } from '../../access/feature.ts';
import { instant } from '../../http/instant.ts';
import type { Outbox } from '../../mail/outbox.ts';

const mailsSchema = z.strictObject({
  mails: z.array(z.strictObject({ to: z.string(), subject: z.string(), text: z.string(), sentAt: z.iso.datetime() })),
});

/** For development only: whoever reads these mails can open the accounts. */
export function outboxFeature(outbox: Outbox): Feature {
  return {
    offers: [],
    register(app) {
      app.get('/dev/outbox', { schema: { hide: true, response: { 200: mailsSchema } } }, async () => ({
        mails: outbox.list().map((mail) => ({ ...mail, sentAt: instant(mail.sentAt) })),
      }));
    },
  };
}
