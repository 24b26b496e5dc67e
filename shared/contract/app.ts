import * as z from 'zod';
import { call, event } from '../rpc/define.ts';
import { instant, nothing } from './base.ts';
import { errorShapeSchema } from './error-shape.ts';

/** How what is kept on this computer is protected (D3). */
export const storageSchema = z.strictObject({
  /**
   * key-store: sealed under the operating system's key store, kept between runs.
   * passphrase: sealed under what only a passphrase opens, kept between runs.
   * this-run-only: there is no key store, and no passphrase yet, so nothing is kept after the app closes.
   * locked: sealed data lies on this computer, and the key store does not open it now, or the passphrase was not given
   * yet; it is left as it is.
   */
  protection: z.enum(['key-store', 'passphrase', 'this-run-only', 'locked']),
  /**
   * Name of the key store, e.g. "Secret Service"; null without one, and until there is something to keep or to open.
   */
  keyStore: z.string().max(100).nullable(),
  /** There where the key store refused and is asked once in a run: `app.restart` may help, once it is unlocked. */
  restartHelps: z.literal(true).optional(),
  /** There where a passphrase opens it, alone or beside the key store. */
  unlock: z
    .strictObject({
      hint: z.string().max(1_000).nullable(),
      /** After wrong ones: no other is tried before. */
      waitUntil: instant.nullable(),
    })
    .optional(),
  /**
   * There where a key store that should open it does not: it refuses now, or it is another one or was emptied, which
   * no waiting changes.
   */
  keyStoreProblem: z.enum(['locked', 'changed']).optional(),
  /** There where the passphrase alone opens it, and a key store was found that could. */
  keyStoreFound: z.literal(true).optional(),
  /** There with this-run-only until the person chose so, or a passphrase. */
  isUndecided: z.literal(true).optional(),
});

/** Something the person must know about their data and that has no screen of its own. */
export const noticeSchema = z.strictObject({
  /**
   * file-missing: somebody took it away. later-or-damaged: left as it is, made by a later version of the app or
   * damaged. later-file-set-aside: such a one, when the person chose so or went on without it.
   */
  kind: z.enum([
    'damaged-file-set-aside',
    'older-file-set-aside',
    'later-file-set-aside',
    'file-missing',
    'later-or-damaged',
  ]),
  /**
   * What the file held (ledger: the versions of the others; changes: what was being imported), and its name in the data
   * folder now.
   */
  what: z.enum([
    'profile',
    'connections',
    'secrets',
    'settings',
    'sessions',
    'applications',
    'drafts',
    'keys',
    'activity',
    'ledger',
    'changes',
  ]),
  file: z.string().max(300),
  at: instant,
  /** There where nothing can be read or kept in its place until it is gone: `app.setAside` offers that. */
  isInTheWay: z.literal(true).optional(),
});

export const appSnapshotSchema = z.strictObject({
  version: z.string().max(40),
  shell: z.enum(['electron', 'browser']),
  storage: storageSchema,
  /** Why the newest data could not be kept on this computer; null once a later write succeeds. */
  storageFault: errorShapeSchema.nullable(),
  notices: z.array(noticeSchema).max(50),
  /**
   * How old this copy is, once that is so much that its browser engine lacks security fixes, and the address of newer
   * ones; null for a newer one and for a build from source.
   */
  age: z.strictObject({ weeks: z.int().min(1).max(1_000), newVersionsAt: z.string().max(300).nullable() }).nullable(),
  /** Whether the reference API inside the app can be chosen (D7). */
  hasEmbeddedProvider: z.boolean(),
  /** Where the shell asks the person now, outside of this page, whether the app may connect; null without a question. */
  askedOrigin: z.string().max(2_000).nullable(),
});

/** Where code of the page failed: kinds and places, never a message, since messages hold values. */
export const pageFaultSchema = z.strictObject({
  /** Of the error, e.g. TypeError. */
  name: z.string().max(100),
  /** Function, file and position of the innermost calls, the innermost first. */
  frames: z.array(z.string().max(300)).max(8),
});

export type PageFault = z.infer<typeof pageFaultSchema>;
export type Storage = z.infer<typeof storageSchema>;
export type Notice = z.infer<typeof noticeSchema>;
export type AppSnapshot = z.infer<typeof appSnapshotSchema>;

export const app = {
  snapshot: call(nothing, appSnapshotSchema),
  /** Ends the app and starts it again. Fails with `not-offered` where the shell cannot. */
  restart: call(nothing, z.strictObject({}), ['not-offered']),
  /**
   * Sets a file aside that is in the way by a notice; it stays in the data folder under another name. Answers how it is
   * then. Fails with `not-found` where no notice says so (any more).
   */
  setAside: call(z.strictObject({ file: z.string().max(300) }), appSnapshotSchema),
  /** Writes a fault of the page's own code into the log; of very many the first ones of a run. */
  reportFault: call(pageFaultSchema, z.strictObject({})),
  changed: event(appSnapshotSchema),
};
