import { SshReader } from '../encoding/ssh-wire.ts';
import type { PublicKey } from '../key.ts';
import { classifyEd25519, isPointOnCurve } from './curve-points.ts';
import { findKnownKey } from './known-keys.ts';
import { findRsaWeaknesses } from './rsa.ts';
import { type JudgedWeakness, refuse } from './weakness.ts';

export interface KeyJudgement {
  readonly verdict: 'accepted' | 'advised-against' | 'refused';
  /** Empty if the key is accepted; the gravest first. */
  readonly reasons: readonly JudgedWeakness[];
}

/**
 * Whether a public key that reads well is also a sound one. Pure; less than a millisecond for any key.
 * What it cannot see: keys with a factor in common with another key, weak keys that nobody has listed, and a modulus
 * that is prime itself, which nothing makes by mistake: looking for one takes ten times as long as all the rest.
 * Errors: DamagedKey, if the blob does not hold what its type says.
 */
export function judgeKey(key: PublicKey): KeyJudgement {
  const found = [...judgeKnown(key), ...judgeType(key)];
  const refused = found.filter(({ verdict }) => verdict === 'refused');
  const advised = found.filter(({ verdict }) => verdict !== 'refused');
  const reasons = [...refused, ...advised];
  return { verdict: reasons[0]?.verdict ?? 'accepted', reasons };
}

function judgeKnown(key: PublicKey): readonly JudgedWeakness[] {
  const source = findKnownKey(key.blob);
  return source === undefined ? [] : [refuse({ code: 'known-key', source })];
}

function judgeType({ type, blob }: PublicKey): readonly JudgedWeakness[] {
  const reader = new SshReader(blob, 'public-part');
  reader.string();
  switch (type) {
    case 'ssh-dss':
      return [refuse({ code: 'dsa' })];
    case 'ssh-rsa': {
      const exponent = reader.mpint();
      return findRsaWeaknesses(reader.mpint(), exponent);
    }
    case 'ssh-ed25519':
    case 'sk-ssh-ed25519@openssh.com':
      return judgeEd25519(reader.string());
    case 'ecdsa-sha2-nistp256':
    case 'ecdsa-sha2-nistp384':
    case 'ecdsa-sha2-nistp521':
    case 'sk-ecdsa-sha2-nistp256@openssh.com':
      return isPointOnCurve(reader.text(), reader.string()) ? [] : [refuse({ code: 'point-invalid' })];
    default:
      return [];
  }
}

function judgeEd25519(point: Uint8Array): readonly JudgedWeakness[] {
  switch (classifyEd25519(point)) {
    case 'good':
      return [];
    case 'small-order':
      return [refuse({ code: 'point-small-order' })];
    case 'not-canonical':
      return [refuse({ code: 'point-not-canonical' })];
    case 'no-point':
      return [refuse({ code: 'point-invalid' })];
  }
}
