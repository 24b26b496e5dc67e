import * as z from 'zod';
import { call } from '../../rpc/define.ts';
import { accountInput, id, instant, text } from '../base.ts';

export const emailChangeSchema = z.strictObject({
  accountId: id,
  /** The address that a link was sent to, and that becomes the account's once it is opened; null if there is none. */
  pending: z
    .strictObject({
      email: text,
      /** Null where the service does not tell. */
      expiresAt: instant.nullable(),
      /** Whether the link can be made void. */
      canCancel: z.boolean(),
    })
    .nullable(),
});
export type EmailChange = z.infer<typeof emailChangeSchema>;

/** A new e-mail address is asked for by `profile.update`; at a provider that confirms addresses it waits here. */
export const emailChange = {
  /** Nothing is pending at a provider that does not confirm addresses. */
  status: call(accountInput, emailChangeSchema),
  /** Sends the link once more, at most once a minute. Fails with `not-found`: nothing waits. */
  resend: call(accountInput, emailChangeSchema, ['not-offered', 'invalid-request']),
  /** The address stays as it is, and the link is void. */
  cancel: call(accountInput, emailChangeSchema, ['not-offered']),
};
