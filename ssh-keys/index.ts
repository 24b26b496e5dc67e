// What the library offers; nothing else of it is imported from outside. README.md says what it reads, and what it
// defends against.

/** The shapes that everything here speaks in. Whoever holds a `PrivateKey` wipes its `agentForm` after use. */
export type { KeyFacts, KeyFormat, KeyKind, PrivateKey, PublicKey } from './key.ts';
/** Why a file gave no usable key, and what is wrong with one: codes with their figures. */
export { KeyFailure, type Damage, type FilePart, type KeyFault, type KeyProblem } from './problem.ts';

/** Opens a file that a person named; blocks, so for a worker. `problemOf` says why it could not be read. */
export { openKeyFile, problemOf } from './key-file.ts';

/**
 * Reads keys, all of a file or one, with the proof that both halves belong together. `parseKey` is the quick part,
 * without a passphrase and without that proof; `splitKeys` cuts a file that holds several.
 */
export { maxKeysInFile, parseKey, readKey, readKeys, withoutMark, type KeyPlace, type KeyReading } from './read.ts';
export { splitKeys } from './split.ts';
/** Reads a public key in SSH's own form, as agents and providers hand it over. */
export { readPublicBlob } from './formats/public-key.ts';
/** A key in the two forms that an agent is given. */
export { readPair } from './read-pair.ts';
/** The numbers of a private key. */
export { splitPrivateKey } from './formats/agent-form.ts';

/** What may be shown of a key, with the verdict whether it is sound. `judgeKey` is the verdict alone. */
export { describeReading, inspectKey, type KeyInspection, type KeyVerdict } from './inspect.ts';
export { judgeKey } from './weaknesses/judge.ts';

/** As `ssh-keygen -l` and `-lv` print them. */
export { drawRandomart, md5Fingerprint, sha256Fingerprint } from './fingerprint.ts';

/** New key pairs. */
export { madeKinds, makeKey, type MadeKind } from './make.ts';

/** Files as `ssh-keygen` and `openssl pkcs8` write them, and the line for `authorized_keys`. */
export { exportOpenSsh, exportPkcs8, toPublicLine } from './export.ts';
/** The most rounds of bcrypt that are read, and so the most that should be written. */
export { maxBcryptRounds } from './crypto/kdf.ts';

/** Signatures as `ssh-keygen -Y sign` makes them; with `sshsigData` and `armorSshsig` an agent makes them. */
export { armorSshsig, signSshsig, sshsigData } from './sshsig.ts';

/** The SSH agent of this computer. */
export {
  createSshAgent,
  findAgentPath,
  makeThrowAwayKey,
  type AgentLimits,
  type SshAgent,
  type SshAgentOptions,
} from './agent/ssh-agent.ts';
export { AgentFailure, type AgentFault } from './agent/agent-failure.ts';

/** Whose key it seems to be: by its file and its line, and by where its private half is. */
export { halvesAmong, originOf, type KeyOrigin } from './origin/key-origin.ts';
export { originOfPath, statedOrigins, strictest, type StatedOrigin } from './origin/stated-origin.ts';
export { findHalvesIn } from './origin/find-halves.ts';
export { scanFolder, type FolderScan } from './origin/scan-folder.ts';

/** The data types of RFC 4251 §5. */
export { SshReader, SshWriter } from './encoding/ssh-wire.ts';
