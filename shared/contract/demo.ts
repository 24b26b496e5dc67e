import * as z from 'zod';
import { call } from '../rpc/define.ts';
import { instant, nothing } from './base.ts';

/** A mail that the demo service inside the app would have sent (D7): nobody could read it elsewhere. */
export const demoMailSchema = z.strictObject({
  id: z.string().max(300),
  sentAt: instant,
  to: z.string().max(1_000),
  subject: z.string().max(1_000),
  /** Lines end with \n; links are left out. */
  text: z.string().max(20_000),
  /** It holds a link to the demo service, which `openLink` opens. */
  canOpen: z.boolean(),
});
export type DemoMail = z.infer<typeof demoMailSchema>;

export const demo = {
  /** Newest first; none where there is no demo service. */
  mails: call(nothing, z.strictObject({ mails: z.array(demoMailSchema).max(200) })),
  /**
   * Opens the mail's link in the person's own browser; `isOpened` is false where there is none.
   */
  openLink: call(z.strictObject({ mailId: z.string().max(300) }), z.strictObject({ isOpened: z.boolean() })),
};
