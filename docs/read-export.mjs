// Opens an export of Profile Desk without Profile Desk: node read-export.mjs FILE < passphrase.txt > lines.jsonl
// Needs Node 24.7 or later, and nothing else. docs/transfer-format.md says what the lines are.
import { argon2Sync, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const chunkBytes = 65_536;
const sealedBytes = chunkBytes + 16;

/** Ends it with a word of why. */
function fail(why) {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

/** The next bytes of the file, fewer only at its end. */
function take(file, length) {
  const bytes = Buffer.alloc(length);
  let read = 0;
  for (let count = 1; count > 0 && read < length; read += count)
    count = readSync(file, bytes, read, length - read, null);
  return bytes.subarray(0, read);
}

function readHead(file) {
  const bytes = [];
  for (let next = take(file, 1); next[0] !== 10; next = take(file, 1)) {
    if (next.length === 0 || bytes.length >= 4_096) fail('This is no export, or the beginning of one.');
    bytes.push(next[0]);
  }
  const line = Buffer.from(bytes);
  const { check, ...head } = JSON.parse(line.toString());
  if (head.format !== 'profile-desk-transfer') fail('This is no export of Profile Desk.');
  if (head.version !== 1) fail(`This is version ${head.version} of the format; this script reads version 1.`);
  if (createHash('sha256').update(JSON.stringify(head)).digest('hex') !== check) fail('The file is damaged.');
  return { head, line };
}

function deriveKey({ kdf, passphraseCheck }, passphrase) {
  const { salt, memoryKiB, passes, lanes } = kdf;
  // Whoever wrote the file may want this computer to stand still.
  if (!(memoryKiB <= 262_144 && memoryKiB * passes <= 2_097_152 && lanes <= 16)) fail('The file is damaged.');
  const derived = argon2Sync('argon2id', {
    message: Buffer.from(passphrase.normalize('NFC')),
    nonce: Buffer.from(salt, 'base64'),
    memory: memoryKiB,
    passes,
    parallelism: lanes,
    tagLength: 32,
  });
  const part = (what) => Buffer.from(hkdfSync('sha256', derived, '', `profile-desk transfer 1: ${what}`, 32));
  if (part('passphrase').toString('base64') !== passphraseCheck) fail('This is not its passphrase.');
  return part('content');
}

/** Undefined where it was changed, or does not stand there. */
function openChunk(key, line, index, isLast, sealed) {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 }).setAAD(line);
  decipher.setAuthTag(sealed.subarray(chunkBytes));
  const text = decipher.update(sealed.subarray(0, chunkBytes));
  try {
    decipher.final();
    return text;
  } catch {
    return undefined;
  }
}

const [, , name] = process.argv;
if (!name) fail('Usage: node read-export.mjs FILE < passphrase.txt');
const file = openSync(name, 'r');
const { head, line } = readHead(file);
const key = deriveKey(head, readFileSync(0, 'utf8').replace(/\r?\n$/, ''));
for (let index = 0, isOver = false; !isOver; index += 1) {
  const sealed = take(file, sealedBytes);
  if (sealed.length < sealedBytes) fail('The end of the file is missing.');
  const text = openChunk(key, line, index, false, sealed) ?? openChunk(key, line, index, true, sealed);
  if (!text) fail('The file is damaged.');
  isOver = openChunk(key, line, index, true, sealed) !== undefined;
  // The last chunk ends in empty lines.
  process.stdout.write(isOver ? text.toString('latin1').replace(/\n+$/, '\n') : text, isOver ? 'latin1' : undefined);
  if (isOver && take(file, 1).length > 0) fail('Something follows the end of the file.');
}
closeSync(file);
