import * as z from 'zod';
import { bytes } from '../../shared/rpc/bytes.ts';
import { call } from '../../shared/rpc/define.ts';

const entry = { service: z.string(), account: z.string() };

/** What is asked of the operating system's key store. What it refuses is an error with its own words as the cause. */
export const keyring = {
  helper: {
    /** Answered once the process is ready, before it asks the key store anything. */
    start: call(z.undefined(), z.void()),
  },
  entry: {
    /** Needs an answer of the key store, which asks the person nothing yet. */
    open: call(z.strictObject(entry), z.void()),
    /** These two, of an entry that was opened, may wait for the person. */
    store: call(z.strictObject({ secret: bytes }), z.void()),
    /** Null if there is no such entry. */
    find: call(z.undefined(), bytes.nullable()),
  },
};
export type KeyringContract = typeof keyring;
