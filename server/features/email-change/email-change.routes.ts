import * as z from 'zod';
import { answers } from '../../http/answers.ts';
import type { CallerScope } from '../../access/caller-scope.ts';
import { callerOf } from '../../access/caller.ts';
import type { Feature } from '../../access/feature.ts';
import { instant } from '../../http/instant.ts';
import { Problem } from '../../http/problem.ts';
import type { EmailChangeService } from './email-change.service.ts';
import type { PendingEmail } from './email-changes.store.ts';

const pendingSchema = z.strictObject({ email: z.string(), expiresAt: z.iso.datetime() });
const emailChangeSchema = z
  .strictObject({
    /** The address that a link was sent to and that counts once it is opened; null if there is none. */
    pending: pendingSchema.nullable(),
  })
  .meta({ id: 'EmailChange' });

const common = { tags: ['profile'], security: [{ bearer: [] }] };
const url = '/me/email-change';

/** A change begins with `PATCH /me/contact`, and ends with the link in the mail. */
export function emailChangeFeature(service: EmailChangeService, requireCaller: CallerScope): Feature {
  return {
    offers: [],
    register(app) {
      requireCaller(app);
      app.get(
        url,
        {
          schema: {
            ...common,
            summary: 'Read which new e-mail address waits for its confirmation',
            response: answers({ 200: emailChangeSchema }),
          },
        },
        async (request) => ({ pending: describe(service.read(callerOf(request).accountId)) }),
      );
      app.post(
        `${url}/mail`,
        {
          schema: {
            ...common,
            summary: 'Send the confirmation of your new e-mail address again',
            description: 'At most once a minute.',
            response: answers({ 202: emailChangeSchema }),
          },
        },
        async (request, reply) => {
          const waiting = service.resend(callerOf(request).accountId);
          if (!waiting) throw new Problem('not-found');
          return reply.code(202).send({ pending: describe(waiting) });
        },
      );
      app.delete(
        url,
        {
          schema: {
            ...common,
            summary: 'End the change of your e-mail address',
            description: 'The link that was sent to the new one is void.',
            response: answers({ 200: emailChangeSchema }),
          },
        },
        async (request) => {
          service.cancel(callerOf(request).accountId);
          return { pending: null };
        },
      );
    },
  };
}

function describe(waiting: PendingEmail | undefined): z.infer<typeof pendingSchema> | null {
  return waiting ? { email: waiting.email, expiresAt: instant(waiting.expiresAt) } : null;
}
