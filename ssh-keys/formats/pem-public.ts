import { ECDH } from 'node:crypto';
import { curveNames, type EcdsaCurve } from '../crypto/curves.ts';
import { DerReader } from '../encoding/der.ts';
import { SshWriter } from '../encoding/ssh-wire.ts';
import { decodeBase64 } from '../encoding/text.ts';
import type { KeyFacts } from '../key.ts';
import { DamagedKey, UnsupportedKey, shortOid } from '../problem.ts';
import { otherKeyKinds, readCurve } from './asn1-keys.ts';
import type { PemBlock } from './pem.ts';
import { notePublicPart, readPublicBlob } from './public-key.ts';

const where = 'public-part';

/** PEM labels of public keys, as "ssh-keygen -e -m PKCS8" and "-m PEM" write them. */
const readers = new Map<string, { readonly format: 'spki' | 'pkcs1'; readonly read: (der: DerReader) => SshWriter }>([
  ['PUBLIC KEY', { format: 'spki', read: readSpki }],
  ['RSA PUBLIC KEY', { format: 'pkcs1', read: readRsa }],
]);

export function isPublicPem({ label }: PemBlock): boolean {
  return readers.has(label);
}

/** A public key in PEM: SubjectPublicKeyInfo (RFC 5280 §4.1) or RSAPublicKey (RFC 8017 A.1.1). Errors: KeyFailure. */
export function readPemPublic({ label, body }: PemBlock, facts: KeyFacts): void {
  const reader = readers.get(label);
  if (!reader) throw new UnsupportedKey({ code: 'pem-kind' });
  Object.assign(facts, { kind: 'public', format: reader.format, isEncrypted: false } satisfies KeyFacts);
  const outer = new DerReader(decodeBase64(body, where), where);
  const key = outer.sequence();
  outer.expectEnd();
  notePublicPart(facts, readPublicBlob(reader.read(key).bytes(), where));
}

function readRsa(key: DerReader): SshWriter {
  const [n, e] = [key.integer(), key.integer()];
  key.expectEnd();
  return new SshWriter().text('ssh-rsa').mpint(e).mpint(n);
}

function readSpki(info: DerReader): SshWriter {
  const algorithm = info.sequence();
  const name = algorithm.oid();
  const content = info.bits();
  info.expectEnd();
  switch (name) {
    case '1.2.840.113549.1.1.1':
      return readRsa(new DerReader(content, where).sequence());
    case '1.2.840.10045.2.1':
      return readEcdsa(readCurve(algorithm), content);
    case '1.3.101.112':
      return new SshWriter().text('ssh-ed25519').string(content);
    case '1.2.840.10040.4.1':
      return readDsa(algorithm.sequence(), new DerReader(content, where).integer());
    default:
      throw new UnsupportedKey({ code: 'kind', name: otherKeyKinds.get(name) ?? shortOid(name) });
  }
}

function readDsa(parameters: DerReader, y: Uint8Array): SshWriter {
  const [p, q, g] = [parameters.integer(), parameters.integer(), parameters.integer()];
  return new SshWriter().text('ssh-dss').mpint(p).mpint(q).mpint(g).mpint(y);
}

function readEcdsa(curve: EcdsaCurve, point: Uint8Array): SshWriter {
  return new SshWriter().text(`ecdsa-sha2-${curve}`).text(curve).string(uncompressed(curve, point));
}

/** SSH knows points in full alone (RFC 5656 §3.1). Errors: DamagedKey, also for one that is not on its curve. */
function uncompressed(curve: EcdsaCurve, point: Uint8Array): Uint8Array {
  if (point[0] === 4) return point;
  try {
    const full = ECDH.convertKey(point, curveNames[curve], undefined, 'latin1', 'uncompressed');
    return Buffer.from(full.toString('latin1'), 'latin1');
  } catch {
    throw new DamagedKey('point-off-curve', where);
  }
}
