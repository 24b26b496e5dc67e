import * as z from 'zod';
import { call } from '../rpc/define.ts';
import { appSnapshotSchema } from './app.ts';
import { nothing } from './base.ts';
import { connectionsSnapshotSchema } from './connections.ts';
import { profileSnapshotSchema } from './profile.ts';
import { settingsSchema } from './settings.ts';

/** What the first screen shows. Each part has a call of its own as well. */
export const startSnapshotSchema = z.strictObject({
  app: appSnapshotSchema,
  settings: settingsSchema,
  connections: connectionsSnapshotSchema,
  /** What is kept here of the current connection; null if there is nothing that may be shown. */
  profile: profileSnapshotSchema.nullable(),
});

export type StartSnapshot = z.infer<typeof startSnapshotSchema>;

export const start = {
  /** All of it in one answer, so that a window that opens waits once. */
  snapshot: call(nothing, startSnapshotSchema),
};
