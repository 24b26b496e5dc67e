import { generateKeyPair, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { confirmPair } from './confirm-pair.ts';
import { curveNames } from './crypto/curves.ts';
import { readPkcs8 } from './formats/asn1-keys.ts';
import type { PrivateKey } from './key.ts';
import { judgeKey } from './weaknesses/judge.ts';

/** What can be made: types and sizes as `ssh-keygen -t -b` takes them. The first is the usual one. */
export const madeKinds = ['ed25519', 'ecdsa-256', 'ecdsa-384', 'ecdsa-521', 'rsa-3072', 'rsa-4096'] as const;
export type MadeKind = (typeof madeKinds)[number];

/** A sound key is refused once in some millions: RSA whose 40 bits stand in the list of Debian's weak ones. */
const mostTries = 3;

/**
 * A new key pair, of OpenSSL's own random numbers. Both halves are proved to belong together and the key is judged as
 * if it were somebody else's before it is given out. RSA takes seconds, beside the event loop. The caller wipes it.
 */
export async function makeKey(kind: MadeKind, comment: string): Promise<PrivateKey> {
  for (let tries = 1; ; tries += 1) {
    const key = toPrivateKey(await generate(kind), comment);
    if (judgeKey(key.publicKey).verdict === 'accepted') return key;
    key.agentForm.fill(0);
    if (tries === mostTries) throw new Error(`no sound ${kind} key in ${String(mostTries)} tries`);
  }
}

/** An Ed25519 key at once, for what lives a moment. */
export function makeKeyNow(comment: string): PrivateKey {
  return toPrivateKey(generateKeyPairSync('ed25519').privateKey, comment);
}

const pairOf = promisify(generateKeyPair);
const curves = { 'ecdsa-256': 'nistp256', 'ecdsa-384': 'nistp384', 'ecdsa-521': 'nistp521' } as const;
const lengths = { 'rsa-3072': 3_072, 'rsa-4096': 4_096 } as const;

async function generate(kind: MadeKind): Promise<KeyObject> {
  switch (kind) {
    case 'ed25519':
      return (await pairOf('ed25519')).privateKey;
    case 'ecdsa-256':
    case 'ecdsa-384':
    case 'ecdsa-521':
      return (await pairOf('ec', { namedCurve: curveNames[curves[kind]] })).privateKey;
    case 'rsa-3072':
    case 'rsa-4096':
      return (await pairOf('rsa', { modulusLength: lengths[kind] })).privateKey;
  }
}

/** By way of PKCS #8, which can be wiped; a JWK would be strings. */
function toPrivateKey(key: KeyObject, comment: string): PrivateKey {
  const der = key.export({ type: 'pkcs8', format: 'der' });
  try {
    return { ...confirmPair(readPkcs8(der)), comment };
  } finally {
    der.fill(0);
  }
}
