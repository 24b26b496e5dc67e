import * as z from 'zod';
import { bytes } from '../../../shared/rpc/bytes.ts';
import { call } from '../../../shared/rpc/define.ts';

/** What the child of the tests can do, good and bad. */
export const testChild = {
  child: {
    join: call(z.strictObject({ texts: z.array(z.string()) }), z.strictObject({ text: z.string() })),
    /** The same bytes, read through their whole buffer. */
    readAround: call(z.strictObject({ secret: bytes }), z.string()),
    /** The bytes of the call before, as they are now. */
    lastBytes: call(z.undefined(), z.array(z.number())),
    refuse: call(z.undefined(), z.undefined()),
    fail: call(z.undefined(), z.undefined()),
    /** One field more than the contract has. */
    leak: call(z.undefined(), z.strictObject({ text: z.string() })),
    /** A message that is no answer. */
    babble: call(z.undefined(), z.void()),
    die: call(z.undefined(), z.undefined()),
    /** An error that nobody catches. */
    crash: call(z.undefined(), z.undefined()),
    /** Never answers, and lets nothing else run. */
    hang: call(z.undefined(), z.undefined()),
    environment: call(z.undefined(), z.array(z.string())),
  },
};
export type TestContract = typeof testChild;
