import * as z from 'zod';
import { call, event } from '../rpc/define.ts';
import { maxAccounts } from './account/accounts.ts';
import { id, instant, nothing, text } from './base.ts';

// What this computer holds goes into one file, and comes out of it on another (X14). docs/transfer-format.md describes
// the file.

/** What an export can hold. Accounts and settings are of the app, the rest is of an account. */
export const transferParts = ['accounts', 'settings', 'sessionNames', 'drafts', 'activity', 'privateKeys'] as const;
export type TransferPart = (typeof transferParts)[number];
const part = z.enum(transferParts);

/** Bytes: a larger file is not read at all. */
export const maxTransferBytes = 512 * 1_024 * 1_024;
/** Of the start of a file, which says what it is; all of a smaller one. */
export const transferHeadBytes = 4_096;
/** Of what is sent at once. */
export const transferChunkBytes = 1_048_576;

/**
 * Why a file is not imported. copy-of-account: it is the copy made before an account was deleted (E10), which is for
 * reading. cut-short: its end is missing. damaged: it is not as it was written. wrong-content: it opens, and holds what
 * this app does not write. too-much: it holds more than fits here. changed: it was another one before.
 */
export const fileProblems = [
  'not-an-export',
  'copy-of-account',
  'newer-version',
  'cut-short',
  'damaged',
  'too-large',
  'wrong-content',
  'too-much',
  'changed',
] as const;
export type FileProblemKind = (typeof fileProblems)[number];

const problemSchema = z.strictObject({
  kind: z.enum(fileProblems),
  /** Of the file's format, with newer-version. */
  version: z.int().optional(),
});
export type TransferProblem = z.infer<typeof problemSchema>;

const count = z.int().nonnegative();
const counts = z.partialRecord(part, count);
const label = z.strictObject({
  providerName: z.string().max(200),
  address: z.string().max(2_000),
  name: z.string().max(500),
  email: z.string().max(500),
});

export const transferOverviewSchema = z.strictObject({
  /** Of all accounts together. */
  counts,
  /** Accounts of the demo inside the app: it stays on this computer. */
  demoAccounts: count,
});
export type TransferOverview = z.infer<typeof transferOverviewSchema>;

/** What both computers have, and differently. */
export const transferConflictSchema = z.strictObject({
  conflictId: z.string().max(600),
  part,
  /** Null for what belongs to no account. */
  account: label.nullable(),
  /** Which one, in the person's words or the service's; empty where the part says it all. */
  what: z.string().max(1_000),
  mine: z.string().max(1_000),
  theirs: z.string().max(1_000),
  /** The file's would protect this computer less: asked for by itself. */
  isWeaker: z.boolean(),
});
export type TransferConflict = z.infer<typeof transferConflictSchema>;

export const transferPreviewSchema = z.strictObject({
  /** Where it was made: by which version of the app, on which computer, when. */
  from: z.strictObject({ version: z.string().max(40), computer: z.string().max(300), at: instant }),
  accounts: z.array(z.strictObject({ ...label.shape, isHere: z.boolean() })).max(maxAccounts),
  /** By part, what is new here and what is here already, alike. */
  fresh: counts,
  same: counts,
  /** The first ones. Of what is not decided, and of the others, what is here stays. */
  conflicts: z.array(transferConflictSchema).max(200),
  moreConflicts: count,
});
export type TransferPreview = z.infer<typeof transferPreviewSchema>;

const problemOr = <S extends z.ZodType>(schema: S) =>
  z.union([z.strictObject({ problem: problemSchema }), z.strictObject({ problem: z.null(), value: schema })]);

const oneImport = z.strictObject({ importId: id });
/** The start of a file, in Base64, and its size in bytes. */
const fileStart = { size: z.int().nonnegative(), head: z.base64().max(Math.ceil(transferHeadBytes / 3) * 4) };
const passphrase = text;

/**
 * An import reads the file twice: once for the preview, and once more when the person said yes (`beginImport`), since
 * nothing of it is kept meanwhile. Each time the page sends the file from its first byte on (`feed`), in order. There
 * is one import at a time; another one ends it.
 */
export const transfer = {
  overview: call(nothing, transferOverviewSchema),
  /**
   * Asks where to and writes. `file` is null if the person cancelled there. `current`: the passphrase that opens the
   * vault, asked for with private keys where there is one; null otherwise. Fails with `invalid-request`: field
   * `passphrase`, or export-too-large: nothing is written then; `unauthenticated`: wrong-passphrase; `cancelled`: by
   * `cancelExport`; `conflict`: another one runs.
   */
  exportFile: call(
    z.strictObject({ parts: z.array(part).max(transferParts.length), passphrase, current: text.nullable() }),
    z.strictObject({ file: z.string().max(4_096).nullable() }),
    ['invalid-request', 'cancelled', 'conflict'],
  ),
  cancelExport: call(nothing, z.strictObject({})),
  /** Of the export that runs: entries, of how many about. */
  exported: event(z.strictObject({ done: count, total: count })),
  /** Whether a file can be one, before anybody is asked for its passphrase. */
  look: call(z.strictObject(fileStart), problemOr(z.strictObject({}))),
  /** Fails with `unauthenticated`: wrong-passphrase. */
  openFile: call(z.strictObject({ ...fileStart, passphrase }), problemOr(oneImport)),
  /** The next bytes of the file, in Base64. Fails with `not-found`: the import is over. */
  feed: call(
    z.strictObject({ importId: id, content: z.base64().max(Math.ceil(transferChunkBytes / 3) * 4) }),
    problemOr(z.strictObject({})),
  ),
  /** The file was sent: what would come of it. Fails with `not-found`. */
  preview: call(oneImport, problemOr(transferPreviewSchema)),
  /** Reads it again, to take it over; `theirs`: conflicts of which the file's is taken. Fails with `not-found`. */
  beginImport: call(
    z.strictObject({ importId: id, theirs: z.array(transferConflictSchema.shape.conflictId).max(1_000) }),
    z.strictObject({}),
  ),
  /**
   * The file was sent again: all of it is taken over, or nothing. Whoever shows something begins anew then. Fails with
   * `not-found`; `conflict`: somebody signed in to one of its accounts meanwhile;
   * `invalid-request` (request-too-large): with what is here it would be too much of one.
   */
  finishImport: call(oneImport, problemOr(z.strictObject({ taken: counts })), ['conflict', 'invalid-request']),
  /** Nothing is taken over. No error if it is over. */
  discard: call(oneImport, z.strictObject({})),
  /** What every page shows may be another by now. */
  imported: event(z.strictObject({})),
};
