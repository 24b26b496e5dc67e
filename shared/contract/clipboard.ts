import * as z from 'zod';
import { call, event } from '../rpc/define.ts';
import { instant } from './base.ts';
import { copiedSchema } from './keys.ts';

/** X12: secrets that are on the screen go to the clipboard by the services, which take them away again. */
export const clipboard = {
  /** Marked, so that histories skip it where the system knows such a mark. Errors: clipboard-unavailable. */
  copySecret: call(z.strictObject({ text: z.string().min(1).max(10_000) }), copiedSchema),
  /** `clearsAt` is null once a copied secret is not ours to take away any more: cleared, or replaced by the person. */
  changed: event(z.strictObject({ clearsAt: instant.nullable() })),
};
