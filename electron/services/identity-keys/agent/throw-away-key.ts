import { generateKeyPairSync } from 'node:crypto';
import type { PrivateKey } from '../key-material.ts';
import { SshWriter } from '../ssh-wire.ts';

/** An Ed25519 key that opens nothing, to see whether an agent takes keys at all. */
export function makeThrowAwayKey(): PrivateKey {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const [seed, point] = [Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')];
  const blob = new SshWriter().text('ssh-ed25519').string(point).bytes();
  const agentForm = new SshWriter().raw(blob).uint32(64).raw(seed).raw(point).bytes();
  return { publicKey: { type: 'ssh-ed25519', blob, bits: 256 }, comment: 'Profile Desk asks', agentForm };
}
