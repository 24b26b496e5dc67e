import { cleanText } from './encoding/text.ts';
import { md5Fingerprint, sha256Fingerprint } from './fingerprint.ts';
import type { KeyFormat, KeyKind } from './key.ts';
import { KeyFailure, type KeyFault, type KeyProblem } from './problem.ts';
import { type KeyReading, readKey } from './read.ts';
import { judgeKey } from './weaknesses/judge.ts';

export type KeyVerdict = 'accepted' | 'advised-against' | 'refused' | KeyFault;

/** What can be said of a key file to anyone: nothing of its private half. What is not known is null. */
export interface KeyInspection {
  readonly verdict: KeyVerdict;
  readonly kind: KeyKind | null;
  /** SSH wire name as in the file. */
  readonly type: string | null;
  /** This and the fingerprints, of a certificate: those of the key inside. */
  readonly bits: number | null;
  /** One harmless line. */
  readonly comment: string | null;
  /** "SHA256:…", as `ssh-keygen -l` prints it. */
  readonly sha256: string | null;
  /** "MD5:…", as `ssh-keygen -l -E md5` prints it. */
  readonly md5: string | null;
  readonly format: KeyFormat | null;
  readonly encrypted: boolean | null;
  /** The gravest first; empty if the key is accepted. */
  readonly problems: readonly KeyProblem[];
}

const maxCommentLength = 500;

/**
 * Reads and judges a key file, of several keys the first. Never throws for what is in the file. Time: as `readKey`.
 * `content` stays as it is.
 */
export async function inspectKey(content: Uint8Array, passphrase?: Uint8Array | string): Promise<KeyInspection> {
  const reading = await readKey(content, passphrase);
  reading.privateKey?.agentForm.fill(0);
  return describeReading(reading);
}

/** What may be shown of a reading. */
export function describeReading({ facts, failure }: KeyReading): KeyInspection {
  const { publicKey } = facts;
  const judged = failure ? { verdict: failure.fault, problems: [failure.problem] } : judge({ facts });
  return {
    verdict: judged.verdict,
    kind: facts.kind ?? null,
    type: facts.type ?? null,
    bits: publicKey?.bits ?? null,
    comment: clip(cleanText(facts.comment ?? '')) || null,
    sha256: publicKey ? sha256Fingerprint(publicKey) : null,
    md5: publicKey ? md5Fingerprint(publicKey) : null,
    format: facts.format ?? null,
    encrypted: facts.isEncrypted ?? null,
    problems: judged.problems,
  };
}

function judge({ facts: { publicKey } }: KeyReading): Pick<KeyInspection, 'verdict' | 'problems'> {
  // A reading without a failure has a key.
  if (!publicKey) return { verdict: 'not-a-key', problems: [{ code: 'no-key' }] };
  try {
    const { verdict, reasons } = judgeKey(publicKey);
    return { verdict, problems: reasons.map(({ problem }) => problem) };
  } catch (error) {
    if (error instanceof KeyFailure) return { verdict: error.fault, problems: [error.problem] };
    throw error;
  }
}

/** Counted by whole characters: half a surrogate pair would be no text. */
function clip(text: string): string {
  return Array.from(text.slice(0, 2 * maxCommentLength))
    .slice(0, maxCommentLength)
    .join('');
}
