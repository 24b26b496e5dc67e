import { exportOpenSsh, type PrivateKey, SshReader, SshWriter } from '../../../ssh-keys/index.ts';

/**
 * An OpenSSH private key file with several keys: its description has room for them, though ssh-keygen writes and reads
 * one.
 */
export function container(
  keys: readonly PrivateKey[],
  encryption?: { readonly passphrase: Uint8Array; readonly rounds: number },
): Buffer {
  const writer = new SshWriter();
  for (const { agentForm, comment } of keys.slice(0, -1)) writer.raw(agentForm).text(comment);
  const last = keys.at(-1);
  if (!last) throw new Error('a file of keys needs one');
  const file = exportOpenSsh({ ...last, agentForm: writer.raw(last.agentForm).bytes() }, encryption);
  const reader = new SshReader(
    Buffer.from(
      Buffer.from(file)
        .toString()
        .replace(/-----.*-----/g, ''),
      'base64',
    ),
    'file',
  );
  const magic = 15;
  writer
    .raw(reader.take(magic))
    .string(reader.string())
    .string(reader.string())
    .string(reader.string())
    .uint32(keys.length);
  // How many there are, and the public part of the last.
  reader.uint32();
  reader.string();
  for (const { publicKey } of keys) writer.string(publicKey.blob);
  return armor(writer.raw(reader.rest()).bytes());
}

/** What stands in the armour of an OpenSSH private key file, armoured. */
export function armor(content: Uint8Array): Buffer {
  return Buffer.from(
    `-----BEGIN OPENSSH PRIVATE KEY-----\n${Buffer.from(content).toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`,
  );
}
