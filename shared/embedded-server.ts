import * as z from 'zod';
import { presetIds } from './presets.ts';
import { bytes } from './rpc/bytes.ts';
import { call } from './rpc/define.ts';

/** What the services ask of the reference API inside the app, once it is a process of its own (D7). */
export const embeddedServer = {
  server: {
    start: call(
      z.strictObject({
        dataFolder: z.string(),
        preset: z.enum(presetIds),
        resetDemoPassword: z.boolean(),
        /** 32 bytes; null: it keeps a key in a file beside its data. */
        dataKey: bytes.nullable(),
      }),
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('ready'),
          /** Base URL. */
          address: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }),
          /** The password only when it was made or reset by this start. */
          demo: z.strictObject({ identifier: z.string(), password: z.string().nullable() }),
        }),
        /** The data is sealed with another key. */
        z.strictObject({ kind: z.literal('other-key') }),
      ]),
    ),
  },
};
export type EmbeddedContract = typeof embeddedServer;
