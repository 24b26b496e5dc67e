import * as z from 'zod';
import { call, event } from '../rpc/define.ts';
import { instant } from './base.ts';
import { copiedSchema } from './keys/keys.ts';

/** X12: what a press copies goes to the clipboard by the services. Electron gives a page no right to it. */
export const clipboard = {
  /** What is no secret; it stays. */
  copyText: call(z.strictObject({ text: z.string().min(1).max(20_000) }), z.strictObject({}), [
    'clipboard-unavailable',
  ]),
  /**
   * A secret that is on the screen; it is taken away again. Marked, so that histories skip it where the system knows
   * such a mark.
   */
  copySecret: call(z.strictObject({ text: z.string().min(1).max(10_000) }), copiedSchema, ['clipboard-unavailable']),
  /**
   * `clearsAt` is null once a copied secret is not ours to take away any more: cleared, or replaced by the person.
   * `isStillThere` if something, a clipboard history for example, put it back each time: the person must know.
   */
  changed: event(z.strictObject({ clearsAt: instant.nullable(), isStillThere: z.boolean().optional() })),
};
