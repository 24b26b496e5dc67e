import { createHash, createPrivateKey, sign } from 'node:crypto';
import { ecdsaCurves } from './crypto/curves.ts';
import { SshWriter } from './encoding/ssh-wire.ts';
import { splitPrivateKey } from './formats/agent-form.ts';
import { toPkcs8 } from './formats/pkcs8.ts';
import type { PrivateKey, PublicKey } from './key.ts';

// Signatures as `ssh-keygen -Y sign` makes them (PROTOCOL.sshsig of OpenSSH). The namespace says what a signature is
// for, so that none given for one purpose serves another.

const magic = Buffer.from('SSHSIG');
const version = 1;
const hash = 'sha512';

/** A signature of `message` in its armor. The namespace is not empty. Errors: as `splitPrivateKey`. */
export function signSshsig(key: PrivateKey, message: Uint8Array, namespace: string): string {
  return armorSshsig(key.publicKey, namespace, signData(key, sshsigData(message, namespace)));
}

/** The bytes that a key, or an agent for it, has to sign. */
export function sshsigData(message: Uint8Array, namespace: string): Uint8Array {
  const digest = createHash(hash).update(message).digest();
  return new SshWriter().raw(magic).text(namespace).text('').text(hash).string(digest).bytes();
}

/** `signature` in SSH form (RFC 4253 §6.6): of `sshsigData`, under this key. */
export function armorSshsig(publicKey: PublicKey, namespace: string, signature: Uint8Array): string {
  const content = new SshWriter()
    .raw(magic)
    .uint32(version)
    .string(publicKey.blob)
    .text(namespace)
    .text('')
    .text(hash)
    .string(signature)
    .bytes();
  const lines = Buffer.from(content)
    .toString('base64')
    .replace(/.{70}(?=.)/g, '$&\n');
  return `-----BEGIN SSH SIGNATURE-----\n${lines}\n-----END SSH SIGNATURE-----\n`;
}

/** In SSH form: RFC 8332 for RSA (with SHA-512), RFC 5656 for ECDSA, RFC 8709 for Ed25519. */
function signData(key: PrivateKey, data: Uint8Array): Uint8Array {
  const parts = splitPrivateKey(key);
  const info = Buffer.from(toPkcs8(key));
  const privateKey = createPrivateKey({ key: info, format: 'der', type: 'pkcs8' });
  info.fill(0);
  switch (parts.kind) {
    case 'rsa':
      return new SshWriter()
        .text('rsa-sha2-512')
        .string(sign('sha512', data, privateKey))
        .bytes();
    case 'ed25519':
      return new SshWriter()
        .text('ssh-ed25519')
        .string(sign(null, data, privateKey))
        .bytes();
    case 'ecdsa': {
      const { bytes, hash: curveHash } = ecdsaCurves[parts.curve];
      const pair = sign(curveHash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
      const numbers = new SshWriter().mpint(pair.subarray(0, bytes)).mpint(pair.subarray(bytes)).bytes();
      return new SshWriter().text(key.publicKey.type).string(numbers).bytes();
    }
  }
}
