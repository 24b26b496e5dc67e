import { createHash } from 'node:crypto';

// What Gitea says of an SSH public key. It is written apart from our own reader of keys, which it is there to test.

export interface SshLine {
  /** As it is shown again: type, key and comment. */
  readonly content: string;
  readonly fingerprint: string;
}

const minimumBits: Readonly<Record<string, number>> = { ecdsa: 256, ed25519: 256, 'ecdsa-sk': 256, 'ed25519-sk': 256 };

const kinds: Readonly<Record<string, readonly [kind: string, bits: number]>> = {
  'ssh-ed25519': ['ed25519', 256],
  'ecdsa-sha2-nistp256': ['ecdsa', 256],
  'ecdsa-sha2-nistp384': ['ecdsa', 384],
  'ecdsa-sha2-nistp521': ['ecdsa', 521],
  'sk-ssh-ed25519@openssh.com': ['ed25519-sk', 256],
  'sk-ecdsa-sha2-nistp256@openssh.com': ['ecdsa-sk', 256],
};

/** Errors: Error with the words of Gitea's refusal, without what it puts before them. */
export function readSshLine(text: string, rsaBits: number): SshLine {
  if (text.includes('-----BEGIN') && text.includes('PRIVATE KEY')) throw new Error('the provided key is a private key');
  const parts = text.trim().replaceAll(/\r?\n/g, '').split(' ');
  const [type = '', key = '', ...rest] = parts.length === 1 ? ['', ...parts] : parts;
  const blob = Buffer.from(key, 'base64');
  const inside = readType(blob);
  if (type && inside !== type) throw new Error(`key type and content does not match: ${type} - ${inside}`);
  const [kind, bits] = inside === 'ssh-rsa' ? (['rsa', bitsOfRsa(blob)] as const) : (kinds[inside] ?? [inside, 0]);
  const needed = kind === 'rsa' ? rsaBits : minimumBits[kind];
  if (needed === undefined) throw new Error(`key type is not allowed: ${kind}`);
  if (bits < needed) throw new Error(`key length is not enough: got ${bits}, needs ${needed}`);
  return { content: [inside, key, rest.join(' ')].join(' ').trim(), fingerprint: fingerprintOf(blob) };
}

function fingerprintOf(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replaceAll('=', '')}`;
}

/** The first field, which names the type of key. */
function readType(blob: Buffer): string {
  const prefix = 'extractTypeFromBase64Key: invalid key format';
  if (blob.length < 4) throw new Error(`${prefix}: %!w(<nil>)`);
  const length = blob.readUInt32BE(0);
  if (blob.length < 4 + length) throw new Error(`${prefix}: not enough length ${length}`);
  return readField(blob, 0).toString();
}

/** RFC 4253, 6.6: the type, e, n. */
function bitsOfRsa(blob: Buffer): number {
  const type = readField(blob, 0);
  const e = readField(blob, 4 + type.length);
  const n = readField(blob, 8 + type.length + e.length);
  return BigInt(`0x${n.toString('hex') || '0'}`).toString(2).length;
}

function readField(blob: Buffer, at: number): Buffer {
  return blob.subarray(at + 4, at + 4 + blob.readUInt32BE(at));
}
