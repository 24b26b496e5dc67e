import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

// An export is two lines of text: a JSON header, and the Base64 of ciphertext and 16-byte tag.
// The key comes from the passphrase in UTF-8, form NFC, by scrypt (RFC 7914); the cipher is AES-256-GCM (NIST SP
// 800-38D) with the first line as associated data. docs/security.md says how to open one without this app.

/** 128 MiB and half a second: the first choice of OWASP's Password Storage Cheat Sheet for scrypt. */
const cost = { N: 131_072, r: 8, p: 1 };
const memory = 256 * cost.N * cost.r;
const tagLength = 16;

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);

interface Header {
  readonly format: 'profile-desk-export';
  readonly version: 1;
  readonly kdf: { readonly name: 'scrypt'; readonly salt: string } & typeof cost;
  readonly cipher: { readonly name: 'aes-256-gcm'; readonly nonce: string };
}

export async function sealExport(content: Uint8Array, passphrase: string): Promise<Buffer> {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const header: Header = {
    format: 'profile-desk-export',
    version: 1,
    kdf: { name: 'scrypt', ...cost, salt: salt.toString('base64') },
    cipher: { name: 'aes-256-gcm', nonce: nonce.toString('base64') },
  };
  const head = JSON.stringify(header);
  const key = await deriveKey(passphrase, salt);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  key.fill(0);
  cipher.setAAD(Buffer.from(head));
  const sealed = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  return Buffer.from(`${head}\n${sealed.toString('base64')}\n`);
}

/** Undefined for a wrong passphrase, and for a file that is no export or was changed. */
export async function openExport(file: Uint8Array, passphrase: string): Promise<Buffer | undefined> {
  const [head = '', body = ''] = Buffer.from(file).toString('utf8').split('\n');
  const sealed = Buffer.from(body, 'base64');
  const header = readHeader(head);
  if (!header || sealed.length < tagLength) return undefined;
  const key = await deriveKey(passphrase, Buffer.from(header.kdf.salt, 'base64'));
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(header.cipher.nonce, 'base64'), {
    authTagLength: tagLength,
  });
  key.fill(0);
  decipher.setAAD(Buffer.from(head));
  decipher.setAuthTag(sealed.subarray(-tagLength));
  const content = decipher.update(sealed.subarray(0, -tagLength));
  try {
    return Buffer.concat([content, decipher.final()]);
  } catch {
    return undefined;
  }
}

/** The cost is not taken from the file: it could ask for all memory there is. */
function readHeader(head: string): Header | undefined {
  try {
    const header = JSON.parse(head) as Header;
    const { kdf, cipher } = header;
    const isOurs = header.format === 'profile-desk-export' && kdf.N === cost.N && kdf.r === cost.r && kdf.p === cost.p;
    return isOurs && Buffer.from(cipher.nonce, 'base64').length === 12 ? header : undefined;
  } catch {
    return undefined;
  }
}

function deriveKey(passphrase: string, salt: Buffer): Promise<Buffer> {
  return derive(passphrase.normalize('NFC'), salt, 32, { ...cost, maxmem: memory });
}
