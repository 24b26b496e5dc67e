import * as z from 'zod';
import { keyVerdicts } from '../../../../../shared/contract/keys/ssh-keys.ts';
import { keyProblemSchema } from '../../../../../shared/contract/keys/key-problems.ts';
import { bytes } from '../../../../../shared/rpc/bytes.ts';
import { call } from '../../../../../shared/rpc/define.ts';
import { madeKinds, statedOrigins } from '../../../../../ssh-keys/index.ts';

// What the services have done in the key worker: everything that reads foreign bytes or takes long. The shapes are
// those of ssh-keys, which knows nothing of zod; key-worker.contract.test.ts compares them.

const path = z.string();
const count = z.int().nonnegative();
const type = z.string().max(100);
/** `SHA256:…` in Base64, or `MD5:…` in hex. */
const fingerprint = z.string().max(60);

export const publicKeySchema = z.strictObject({ type, blob: bytes, bits: count });
export const privateKeySchema = z.strictObject({ publicKey: publicKeySchema, comment: z.string(), agentForm: bytes });

const keyFormats = [
  ...(['openssh', 'pkcs1', 'sec1', 'pkcs8', 'ppk2', 'ppk3', 'rfc4716'] as const),
  ...(['openssh-public', 'spki'] as const),
];

export const inspectionSchema = z.strictObject({
  verdict: z.enum(keyVerdicts).exclude(['unreadable']),
  kind: z.enum(['private', 'public', 'certificate']).nullable(),
  type: type.nullable(),
  bits: count.nullable(),
  comment: z.string().max(1_000).nullable(),
  sha256: fingerprint.nullable(),
  md5: fingerprint.nullable(),
  format: z.enum(keyFormats).nullable(),
  encrypted: z.boolean().nullable(),
  problems: z.array(keyProblemSchema).max(20).readonly(),
});

/**
 * What a passphrase opens, read once: all that the file says of the key, and which key of that it is. Several can share
 * one `content`.
 */
const lockedKey = { content: bytes, at: count };
const lockedKeySchema = z.strictObject(lockedKey);

/** One key of a file, or why there is none. The owner wipes `privateKey` and `locked`. */
const keyOutcomeSchema = z.strictObject({
  /** Null if the file holds no other key. */
  place: z.strictObject({ index: count, line: count }).nullable(),
  inspection: inspectionSchema,
  /** Whose key it is by what stands in front of it; null if nothing does. */
  stated: z.enum(statedOrigins).nullable(),
  publicKey: publicKeySchema.nullable(),
  privateKey: privateKeySchema.nullable(),
  /** There if only a passphrase is missing. Trying one gives null: who holds it keeps it. */
  locked: lockedKeySchema.nullable(),
});

/** Where a file lies that was opened through a link, and what is in it, or why that could not be read. */
const readFileSchema = z.union([
  z.strictObject({ realPath: path.nullable(), outcomes: z.array(keyOutcomeSchema).readonly() }),
  z.strictObject({ realPath: path.nullable(), problem: keyProblemSchema }),
]);

const exportFormats = ['openssh', 'pkcs8'] as const;

export const keyWorker = {
  keys: {
    /** All that is no folder below a folder. */
    scan: call(
      z.strictObject({ folder: path, most: count }),
      z.strictObject({ files: z.array(path).readonly(), left: count }),
    ),
    /** As many as there were paths. `within`: no file that lies elsewhere in truth is read. */
    read: call(
      z.strictObject({ paths: z.array(path).readonly(), within: path.nullable() }),
      z.array(readFileSchema).readonly(),
    ),
    inspect: call(z.strictObject({ content: bytes }), z.array(keyOutcomeSchema).readonly()),
    /** Fingerprints of the keys that have their private halves below a folder, of which so many files are read. */
    halves: call(z.strictObject({ folder: path, most: count }), z.array(fingerprint).readonly()),
    unlock: call(z.strictObject({ ...lockedKey, passphrase: bytes }), keyOutcomeSchema),
    /** A new key, and the OpenSSH file of it where one is to be written. */
    make: call(
      z.strictObject({
        kind: z.enum(madeKinds),
        comment: z.string(),
        /** `passphrase`: null leaves it in the clear. */
        file: z.strictObject({ passphrase: bytes.nullable(), rounds: count }).nullable(),
      }),
      z.strictObject({ key: privateKeySchema, file: bytes.nullable() }),
    ),
    export: call(
      z.strictObject({
        key: privateKeySchema,
        format: z.enum(exportFormats),
        passphrase: bytes.nullable(),
        rounds: count,
      }),
      bytes,
    ),
  },
};
export type KeyWorkerContract = typeof keyWorker;

export type ExportFormat = (typeof exportFormats)[number];
export type LockedKey = z.infer<typeof lockedKeySchema>;
export type KeyOutcome = z.infer<typeof keyOutcomeSchema>;
export type ReadFile = z.infer<typeof readFileSchema>;
