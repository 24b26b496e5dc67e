import * as z from 'zod';
import { call } from '../../shared/rpc/define.ts';

const accountIds = z.array(z.string()).readonly();
const rounds = z.int().positive();

const measuresSchema = z.strictObject({
  /** Bytes in use once garbage was collected: V8's, and what it knows of outside. */
  heap: z.number(),
  /** Bytes of this process that come from no file. */
  own: z.number(),
  /** JavaScript objects of any kind. */
  objects: z.number(),
  /** Open files and sockets; 0 where the system does not tell. */
  files: z.number(),
  /** What keeps the process going, by kind. */
  handles: z.record(z.string(), z.number()),
});
export type Measures = z.infer<typeof measuresSchema>;

/** What the test asks of the app, which is a process of its own, so that nothing else is measured. */
export const soak = {
  app: {
    /** A call of the app's own contract, its reply, and the pages that it had opened meanwhile. */
    request: call(
      z.strictObject({ channel: z.string(), input: z.unknown() }),
      z.strictObject({ reply: z.unknown(), opened: z.array(z.string()) }),
    ),
    /** What is allowed so often a minute is allowed again: a new service asks the person. */
    skipMinute: call(z.undefined(), z.undefined()),
    /** Each of these accounts so often; every tenth time all its lists too. How many refreshes that were. */
    refresh: call(z.strictObject({ accountIds, rounds }), z.number()),
    /** The network goes and comes back; how often an account was said to be offline, and how often online again. */
    flap: call(z.strictObject({ accountIds, rounds }), z.strictObject({ offline: z.number(), online: z.number() })),
    /** Locked and opened again; how often the accounts were there as before. */
    lock: call(z.strictObject({ accountIds, rounds, passphrase: z.string() }), z.number()),
    measure: call(z.undefined(), measuresSchema),
    /** How many there are of services of which there is to be one. */
    countServices: call(z.undefined(), z.record(z.string(), z.number())),
    /** Ends the app; what failed inside. */
    close: call(z.undefined(), z.array(z.string())),
  },
};
export type SoakContract = typeof soak;
