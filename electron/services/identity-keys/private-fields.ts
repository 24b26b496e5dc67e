import { DamagedKey, UnsupportedKey, nameOrNothing } from './key-failure.ts';
import type { PrivateKey, PublicKey } from './key-material.ts';
import { readPublicBlob } from './public-key.ts';
import { SshReader, SshWriter } from './ssh-wire.ts';

/**
 * Reads one private key in agent form (its type first) and the public key that it names. `expected` is the public part that stands
 * in the clear before it. `agentForm` is a copy. Errors: KeyFailure, damaged if the two are not the same key.
 */
export function readPrivateFields(reader: SshReader, expected: PublicKey): Omit<PrivateKey, 'comment'> {
  const start = reader.offset;
  const type = reader.text();
  const named = publicWriters.get(type)?.(reader, type);
  if (!named) throw new UnsupportedKey(`Private keys of the type${nameOrNothing(type)} are not supported here.`);
  const blob = named.bytes();
  if (!isSame(blob, expected.blob)) throw notTheSame();
  return { publicKey: expected, agentForm: new Uint8Array(reader.since(start)) };
}

/** A private key from what a PEM or PPK file holds: `agentForm` written, not yet read. Errors: KeyFailure. */
export function fromAgentForm(agentForm: Uint8Array, comment: string): PrivateKey {
  const reader = new SshReader(agentForm, 'the private part');
  const type = reader.text();
  const blob = publicWriters.get(type)?.(reader, type).bytes();
  if (!blob) throw new UnsupportedKey(`Private keys of the type${nameOrNothing(type)} are not supported here.`);
  const { key } = readPublicBlob(blob, 'the private part');
  if (!key) throw new UnsupportedKey('Private keys of this type are not supported here.');
  return { publicKey: key, comment, agentForm };
}

export function notTheSame(): DamagedKey {
  return new DamagedKey('its public part belongs to another private key', 'the public part');
}

export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** Reads the fields after the type and writes the public blob that they make. */
type PublicWriter = (reader: SshReader, type: string) => SshWriter;

const publicWriters = new Map<string, PublicWriter>([
  ['ssh-rsa', writeRsa],
  ['ssh-dss', writeDsa],
  ['ssh-ed25519', writeEd25519],
  ['ecdsa-sha2-nistp256', writeEcdsa],
  ['ecdsa-sha2-nistp384', writeEcdsa],
  ['ecdsa-sha2-nistp521', writeEcdsa],
  ['sk-ssh-ed25519@openssh.com', (reader, type) => writeSecurityKey(reader, new SshWriter().text(type).string(reader.string()))],
  ['sk-ecdsa-sha2-nistp256@openssh.com', (reader, type) => writeSecurityKey(reader, new SshWriter().text(type).string(reader.string()).string(reader.string()))],
]);

function writeRsa(reader: SshReader, type: string): SshWriter {
  const [n, e] = [reader.mpint(), reader.mpint()];
  // d, iqmp, p, q
  for (let field = 0; field < 4; field += 1) reader.mpint();
  return new SshWriter().text(type).mpint(e).mpint(n);
}

function writeDsa(reader: SshReader, type: string): SshWriter {
  const writer = new SshWriter().text(type);
  // p, q, g, y
  for (let field = 0; field < 4; field += 1) writer.mpint(reader.mpint());
  reader.mpint();
  return writer;
}

function writeEd25519(reader: SshReader, type: string): SshWriter {
  const point = reader.string();
  const seedAndPoint = reader.string();
  if (seedAndPoint.length !== 64) throw reader.damaged('the Ed25519 private key has not 64 bytes');
  if (!isSame(point, seedAndPoint.subarray(32))) throw notTheSame();
  return new SshWriter().text(type).string(point);
}

function writeEcdsa(reader: SshReader, type: string): SshWriter {
  const writer = new SshWriter().text(type).string(reader.string()).string(reader.string());
  reader.mpint();
  return writer;
}

function writeSecurityKey(reader: SshReader, writer: SshWriter): SshWriter {
  writer.string(reader.string());
  reader.byte();
  // The key handle and what is reserved.
  reader.string();
  reader.string();
  return writer;
}
