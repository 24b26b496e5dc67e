import * as z from 'zod';
import { call, event } from '../../rpc/define.ts';
import { guardedErrors, id, instant, snapshotHead } from '../base.ts';
import { errorShapeSchema } from '../error-shape.ts';

const known = z.string().max(300).nullable();

/** One signed-in device or browser (E8). Null stands for "unknown" everywhere. */
export const sessionSchema = z.strictObject({
  id: z.string().min(1).max(200),
  isCurrent: z.boolean(),
  /** Given by the person here on this computer (X10); never sent. */
  ownName: z.string().max(100).nullable(),
  browser: z.strictObject({ name: known, version: known }),
  os: z.strictObject({ name: known, version: known }),
  device: z.strictObject({ vendor: known, model: known, type: known }),
  engine: z.strictObject({ name: known, version: known }),
  cpu: known,
  /** As it was sent when the session began, without what no screen may show; what is above was read from it. */
  userAgent: z.string().max(1_000).nullable(),
  ipAddress: known,
  createdAt: instant.nullable(),
  lastModifiedAt: instant.nullable(),
  lastAuthenticatedAt: instant.nullable(),
  expiresAt: instant.nullable(),
  /** Programs that are signed in by it, as the service names them; empty where it does not tell. */
  programs: z.array(z.string().max(300)).max(50),
  /** Not there when the person last looked (X4). */
  isNew: z.boolean(),
});

export const sessionsSnapshotSchema = z.strictObject({
  ...snapshotHead,
  /** The current one first, then newest first. */
  sessions: z.array(sessionSchema).max(20_000),
});

export const closeResultSchema = z.strictObject({
  id: z.string().max(200),
  error: errorShapeSchema.nullable(),
});

export type Session = z.infer<typeof sessionSchema>;
export type SessionsSnapshot = z.infer<typeof sessionsSnapshotSchema>;
export type CloseResult = z.infer<typeof closeResultSchema>;

export const sessions = {
  /**
   * Fails with `reauth-required` where the service shows them after a fresh proof (E12) only; what was seen before is
   * in the cache.
   */
  list: call(
    z.strictObject({ accountId: id, from: z.enum(['provider', 'cache']) }),
    sessionsSnapshotSchema,
    guardedErrors,
  ),
  /** One result a session; a session that is gone already counts as closed. Closing the current one signs out. */
  close: call(
    z.strictObject({ accountId: id, ids: z.array(z.string().max(200)).min(1).max(20_000) }),
    z.strictObject({ results: z.array(closeResultSchema), snapshot: sessionsSnapshotSchema.nullable() }),
    guardedErrors,
  ),
  closeOthers: call(
    z.strictObject({ accountId: id }),
    z.strictObject({ results: z.array(closeResultSchema), snapshot: sessionsSnapshotSchema.nullable() }),
    guardedErrors,
  ),
  /** An empty name removes it. */
  rename: call(
    z.strictObject({ accountId: id, sessionId: z.string().max(200), name: z.string().max(100) }),
    sessionsSnapshotSchema,
  ),
  /** From now on none of these is new. */
  markSeen: call(z.strictObject({ accountId: id }), z.strictObject({})),
  changed: event(sessionsSnapshotSchema),
};
