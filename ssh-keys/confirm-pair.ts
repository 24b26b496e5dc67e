import { ecdsaPoint, ed25519Point } from './crypto/curves.ts';
import { powerModulo, toInteger } from './encoding/integers.ts';
import { SshReader } from './encoding/ssh-wire.ts';
import { isSame, notTheSame, type RsaParts, splitPrivateKey } from './formats/agent-form.ts';
import type { PrivateKey, StatedKey } from './key.ts';
import { DamagedKey } from './problem.ts';

/**
 * Computes the public half anew from the private one, and has the file's own proof: only then may the fingerprint be
 * shown as this key's. A security key keeps its private half: there is nothing to compute. Errors: DamagedKey.
 */
export function confirmPair({ confirmFile, ...key }: StatedKey): PrivateKey {
  confirmFile?.();
  const { type } = key.publicKey;
  if (type.startsWith('sk-')) return key;
  if (!(type === 'ssh-dss' ? isDsaPair(key.agentForm) : isPair(key))) throw notTheSame();
  return key;
}

function isPair(key: PrivateKey): boolean {
  const parts = splitPrivateKey(key);
  switch (parts.kind) {
    case 'ed25519':
      return isSame(ed25519Point(parts.seed), parts.point);
    case 'ecdsa':
      return isSame(ecdsaPoint(parts.curve, parts.scalar), parts.point);
    case 'rsa':
      return isRsaPair(parts);
  }
}

function isRsaPair(parts: RsaParts): boolean {
  const [n, e, d, p, q, iqmp] = [parts.n, parts.e, parts.d, parts.p, parts.q, parts.iqmp].map(toInteger) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  if (p < 2n || q < 2n || p * q !== n) return false;
  const product = d * e;
  if (product % (p - 1n) !== 1n || product % (q - 1n) !== 1n) return false;
  if ((iqmp * q) % p !== 1n) throw new DamagedKey('rsa-number-mismatch', 'private-part');
  return true;
}

function isDsaPair(agentForm: Uint8Array): boolean {
  const reader = new SshReader(agentForm, 'private-part');
  reader.string();
  const next = () => toInteger(reader.mpint());
  const [p, q, g, y, x] = [next(), next(), next(), next(), next()];
  // SSH's DSA has 1,024 bits. More would only take long.
  if (p < 2n || p >> 4096n > 0n || q >> 512n > 0n || x >= q) return false;
  return powerModulo(g, x, p) === y;
}
