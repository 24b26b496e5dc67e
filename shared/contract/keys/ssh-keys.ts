import * as z from 'zod';
import { keyFamilies } from '../../rules/made-keys.ts';
import { call, event } from '../../rpc/define.ts';
import { accountInput, guardedErrors, id, instant, snapshotHead, text } from '../base.ts';
import { errorShapeSchema } from '../error-shape.ts';
import { keyProblemSchema } from './key-problems.ts';
import { savedSchema } from './keys.ts';
import { fieldAccessSchema } from '../account/profile.ts';

const keyId = z.string().min(1).max(200);
/** `SHA256:…` in Base64 and `MD5:…` in hex, as `ssh-keygen -l` prints them. */
const fingerprints = { sha256: z.string().max(60), md5: z.string().max(60) };
/** SSH wire name, e.g. `ssh-ed25519`. */
const type = z.string().max(100);
const bits = z.number().int().nonnegative();

/** What a key counts for at its service: to sign in, to sign commits and the like, or both. */
export const keyUsages = ['authentication', 'signing', 'both'] as const;
export type KeyUsage = (typeof keyUsages)[number];

/** An SSH public key that is registered with the provider (E11). */
export const sshKeySchema = z.strictObject({
  id: keyId,
  title: z.string().max(200),
  type,
  bits,
  ...fingerprints,
  addedAt: instant,
  lastUsedAt: instant.nullable(),
  /** When the person proved to hold its private half (K9). */
  verifiedAt: instant.nullable(),
  /** Left out where the service does not tell them apart. */
  usage: z.enum(keyUsages).optional(),
  /** From then on the service takes it no more; left out where there is no end. */
  expiresAt: instant.optional(),
  /** Its private half lies in the vault here (K5). */
  hasPrivateHalf: z.boolean(),
  isInAgent: z.boolean(),
  /**
   * By when the agent gives it up, where it was added from here for a time; null without an end, and where none is
   * known.
   */
  inAgentUntil: instant.nullable(),
});

export const sshKeysSnapshotSchema = z.strictObject({
  ...snapshotHead,
  /**
   * What this person may do; `not-offered` where this provider has no SSH keys. A proof (E12) may be needed beside
   * it.
   */
  access: fieldAccessSchema,
  /** Whether the provider can check who holds the private half (K9). */
  canVerify: z.boolean(),
  /**
   * Whose page takes a signature that is made here (`signProof`): host, and port where it has one; left out
   * where none does.
   */
  proofPage: z.string().max(300).optional(),
  canRename: z.boolean(),
  /** Whether `replace` gives a key another title where nothing renames one. */
  canReplace: z.literal(true).optional(),
  /** Those that a new key can be given, the usual one first; left out where there is nothing to choose. */
  usages: z.array(z.enum(keyUsages)).max(keyUsages.length).optional(),
  /** The only ones that it takes; left out where nothing says so. */
  families: z.array(z.enum(keyFamilies)).max(keyFamilies.length).optional(),
  /** Whether a new key can be given an end. */
  canExpire: z.literal(true).optional(),
  /** How many there may be; null if the provider does not say. */
  limit: z.number().int().nonnegative().nullable(),
  /** The SSH agent of this computer: none is set up, or it does not answer as one. */
  agent: z.enum(['available', 'none', 'failed']),
  /** Newest first. */
  keys: z.array(sshKeySchema).max(20_000),
});

/**
 * Only `accepted` and `advised-against` can be added. `unreadable`: no regular file, too large, or not allowed to be
 * read.
 */
export const keyVerdicts = [
  'accepted',
  'advised-against',
  'refused',
  'needs-passphrase',
  'wrong-passphrase',
  'unsupported',
  'damaged',
  'not-a-key',
  'unreadable',
] as const;
export type KeyVerdict = (typeof keyVerdicts)[number];

/**
 * Whose key it is (K6). `own`: its private half is in the same import, in `~/.ssh`, in the vault or in the running
 * agent. `public-only`: it is in none of them, so it can be anybody's. The others are what the file or the line says:
 * who may log in to a computer (`authorized_keys`), who may sign (`allowed_signers`), or a server's own key
 * (`known_hosts`), which cannot be added.
 */
export const keyOrigins = ['own', 'public-only', 'authorized-keys', 'signers', 'known-hosts'] as const;
export type KeyOrigin = (typeof keyOrigins)[number];
/** Those that are added one by one, after a question. */
export const askedOrigins = ['public-only', 'authorized-keys', 'signers'] as const;
export type AskedOrigin = (typeof askedOrigins)[number];

/**
 * One key of a file or of what was pasted, or a file without any. Null stands for what the file does not tell (yet). No
 * private part in any of it.
 */
export const importRowSchema = z.strictObject({
  rowId: id,
  /** Path below the chosen folder; name of the file otherwise; empty if it was pasted. */
  fileName: z.string().max(4_096),
  /** Which key of the file it is, and on which line that begins, both from 1; null if the file holds no other. */
  place: z.strictObject({ index: z.number().int().positive(), line: z.number().int().positive() }).nullable(),
  /** Where a link led to; null if the file was none. */
  realPath: z.string().max(4_096).nullable(),
  verdict: z.enum(keyVerdicts),
  /** Why, the gravest first (K4); empty if there is nothing to say. */
  problems: z.array(keyProblemSchema).max(20),
  kind: z.enum(['private', 'public', 'certificate']).nullable(),
  /** Null where there is no key. */
  origin: z.enum(keyOrigins).nullable(),
  format: z.string().max(40).nullable(),
  type: type.nullable(),
  bits: bits.nullable(),
  comment: z.string().max(500).nullable(),
  sha256: fingerprints.sha256.nullable(),
  md5: fingerprints.md5.nullable(),
  isEncrypted: z.boolean(),
  /**
   * The title it gets if the person gives none: its comment, or the name of its file with its number there, unless that
   * lists keys of others.
   */
  title: z.string().max(200),
  /** The row that stands for the same key, where this is not it: the private one beside a `.pub` file, mostly. */
  sameAs: id.nullable(),
  /** An account that has this key already. */
  duplicateOf: z
    .strictObject({ accountId: id, providerName: z.string().max(200), title: z.string().max(200) })
    .nullable(),
  /** Added from this batch. */
  isAdded: z.boolean(),
});

export const importBatchSchema = z.strictObject({
  batchId: id,
  accountId: id,
  state: z.enum(['reading', 'done', 'cancelled']),
  /** Files; null while they are being counted. */
  total: z.number().int().nonnegative().nullable(),
  /** Those of them that were read. */
  done: z.number().int().nonnegative(),
  /** The folder, where one was chosen. */
  folder: z.string().max(4_096).nullable(),
  /**
   * Files beyond the most that are read at once, or with more keys than there is room for; they are told of, and no
   * error.
   */
  left: z.number().int().nonnegative(),
  rows: z.array(importRowSchema).max(10_000),
});

export const addResultSchema = z.strictObject({
  rowId: id,
  /** Null if the provider has it now. */
  error: errorShapeSchema.nullable(),
  /** Null if nothing was to be kept, or it is. */
  keepError: errorShapeSchema.nullable(),
});

export type SshKey = z.infer<typeof sshKeySchema>;
export type SshKeysSnapshot = z.infer<typeof sshKeysSnapshotSchema>;
export type ImportRow = z.infer<typeof importRowSchema>;
export type ImportBatch = z.infer<typeof importBatchSchema>;
export type AddResult = z.infer<typeof addResultSchema>;

const oneKey = z.strictObject({ accountId: id, keyId });
const oneBatch = z.strictObject({ batchId: id });
const chosenBatchSchema = z.strictObject({ batch: importBatchSchema.nullable() });
/** Base64 of at most 1 MiB. */
const fileContent = z.string().max(1_398_104);

/**
 * SSH SSH keys: what the account has, and how files become keys there. An import is a batch of rows; private
 * halves stay in the services while it lives, and are wiped 30 minutes after it began, at `discardImport` and when the
 * session ends.
 */
export const sshKeys = {
  /** From the provider with the cache behind it. */
  list: call(z.strictObject({ accountId: id, from: z.enum(['provider', 'cache']) }), sshKeysSnapshotSchema, [
    'forbidden',
  ]),
  /** The line for `authorized_keys`, and the picture of `ssh-keygen -lv` (11 lines). */
  details: call(oneKey, z.strictObject({ publicLine: z.string().max(20_000), randomart: z.string().max(400) }), [
    'forbidden',
  ]),
  /** Fails with `invalid-request`: field `title`. */
  rename: call(z.strictObject({ accountId: id, keyId, title: text }), sshKeysSnapshotSchema, [
    'invalid-request',
    'forbidden',
    'not-offered',
    'conflict',
  ]),
  /**
   * The same where the service renames none (`canReplace`): the key goes and is added again under the title, with
   * another id. Fails with `invalid-request`: field `title`; `conflict`: key-not-put-back, where it is gone now.
   */
  replace: call(z.strictObject({ accountId: id, keyId, title: text }), sshKeysSnapshotSchema, [
    ...guardedErrors,
    'invalid-request',
    'conflict',
  ]),
  /** Its private half leaves the vault as well. One that is gone already counts as deleted. */
  remove: call(oneKey, sshKeysSnapshotSchema, guardedErrors),

  /**
   * Where files can come from. `canChoose` is false where only the page itself can ask (`importDropped`). Nothing is
   * read for this.
   */
  sources: call(z.strictObject({}), z.strictObject({ canChoose: z.boolean(), sshFolder: z.string().max(4_096) })),
  /**
   * `batch` is null if the person cancelled. Reading goes on after the answer: `importProgressed`.
   */
  chooseFiles: call(accountInput, chosenBatchSchema, ['not-offered']),
  chooseFolder: call(accountInput, chosenBatchSchema, ['not-offered']),
  /** The suggested folder, now that the person said so. Fails with `not-found`: there is none. */
  readSshFolder: call(accountInput, chosenBatchSchema),
  /**
   * Files that the person dropped or chose in the page, at most 1,900,000 characters of content at once; `batchId` adds
   * to a batch. The page holds their bytes for a moment: it cannot know a path, and no path of its choice may be read.
   * Fails with `not-found`: batch gone.
   */
  importDropped: call(
    z.strictObject({
      accountId: id,
      batchId: id.nullable(),
      files: z.array(z.strictObject({ name: z.string().max(4_096), content: fileContent })).max(1_000),
    }),
    z.strictObject({ batch: importBatchSchema }),
  ),
  /** What could stand in a file: one key or several; `batchId` adds to a batch. */
  importPasted: call(
    z.strictObject({ accountId: id, batchId: id.nullable(), text: z.string().max(1_048_576) }),
    z.strictObject({ batch: importBatchSchema }),
  ),
  /** The batch that is held for this account, for a page that was loaded anew. */
  resumeImport: call(accountInput, chosenBatchSchema),
  /** What was read stays. */
  cancelImport: call(oneBatch, z.strictObject({})),
  /** Wipes what it holds. */
  discardImport: call(oneBatch, z.strictObject({})),
  /** Tries a passphrase on rows that need one; gives them as they are now. Fails with `not-found`: batch gone. */
  unlock: call(
    z.strictObject({ batchId: id, rowIds: z.array(id).min(1).max(10_000), passphrase: z.string().max(10_000) }),
    z.strictObject({ rows: z.array(importRowSchema) }),
  ),
  /**
   * Gives the public halves to the provider, and keeps private halves in the vault where asked. An empty title is the
   * row's own. A key that is not known to be the person's own is added in a call of its own, with what they said yes
   * to; a server's never (K6): else its result is invalid-request (not-known-as-own, host-key). Fails with `not-found`:
   * batch gone.
   */
  add: call(
    z.strictObject({
      batchId: id,
      rows: z
        .array(
          z.strictObject({
            rowId: id,
            title: text,
            keepPrivate: z.boolean(),
            saidYesTo: z.enum(askedOrigins).optional(),
          }),
        )
        .min(1)
        .max(10_000),
      usage: z.enum(keyUsages).optional(),
      expiresAt: instant.optional(),
    }),
    z.strictObject({ results: z.array(addResultSchema), snapshot: sshKeysSnapshotSchema.nullable() }),
    guardedErrors,
  ),
  /**
   * A public key as typed. Exactly one good public key of the person's own is added; of anything else, above all a
   * private key and one that may be somebody else's (K6), nothing leaves this computer, and `batch` says what it is:
   * from there `add` gives the public half alone. Fails with `invalid-request`: field `title`, `publicKey`: duplicate.
   */
  addPublic: call(
    z.strictObject({
      accountId: id,
      title: text,
      line: z.string().max(1_048_576),
      usage: z.enum(keyUsages).optional(),
      expiresAt: instant.optional(),
    }),
    z.strictObject({ snapshot: sshKeysSnapshotSchema.nullable(), batch: importBatchSchema.nullable() }),
    [...guardedErrors, 'invalid-request', 'conflict'],
  ),
  /** The batch, but of its rows only those that are new or changed since the last one. */
  importProgressed: event(importBatchSchema),

  /**
   * Proves to the provider that the private half is here, in the vault or in the agent. Fails with `not-found`: in
   * neither.
   */
  verify: call(oneKey, sshKeysSnapshotSchema, ['invalid-request', 'forbidden', 'not-offered', 'agent-unavailable']),
  /**
   * Signs for a page of the service, which alone can hand it in: `handOff.begin` of `sshKeys.verify` opens it. Counts
   * until `expiresAt`. Fails with `not-found`: the private half is neither in the vault nor in the agent.
   */
  signProof: call(oneKey, z.strictObject({ signature: z.string().max(20_000), expiresAt: instant }), [
    'forbidden',
    'not-offered',
    'agent-unavailable',
  ]),
  /**
   * Keeps the private half of a row, of a key that the account has.
   */
  keepPrivate: call(z.strictObject({ batchId: id, rowId: id }), sshKeysSnapshotSchema),
  forgetPrivate: call(oneKey, sshKeysSnapshotSchema),
  /**
   * Asks where to and writes the kept private half. Without a passphrase it lies there in the clear; `rounds` of bcrypt
   * count for `openssh` alone (1 to 256; if null as `ssh-keygen` takes). Fails with `invalid-request`: field `rounds`.
   */
  exportPrivate: call(
    z.strictObject({
      accountId: id,
      keyId,
      format: z.enum(['openssh', 'pkcs8']),
      passphrase: z.string().max(1_000),
      rounds: z.number().int().nullable(),
    }),
    savedSchema,
    ['invalid-request', 'reauth-required'],
  ),
  /**
   * Lends the kept private half to the SSH agent. `lifetime` in seconds, null until the agent ends. With `takesBack`
   * the agent is given no limits, which some refuse (agent-takes-no-limits): it is taken back from here when the time
   * is over, and when the app ends.
   */
  addToAgent: call(
    z.strictObject({
      accountId: id,
      keyId,
      lifetime: z.number().int().min(1).max(4_294_967_295).nullable(),
      confirm: z.boolean(),
      takesBack: z.boolean().optional(),
    }),
    sshKeysSnapshotSchema,
    ['agent-unavailable'],
  ),
  removeFromAgent: call(oneKey, sshKeysSnapshotSchema, ['agent-unavailable']),
  changed: event(sshKeysSnapshotSchema),
};
