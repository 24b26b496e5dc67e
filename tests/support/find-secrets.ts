import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a secret could lie in a file: as text, UTF-16, hex or, at any alignment, Base64. */
export function disguisesOf(secret: string): Buffer[] {
  const aligned = [0, 1, 2].map((shift) =>
    Buffer.from(' '.repeat(shift) + secret)
      .toString('base64')
      .slice(shift && 4, -4),
  );
  const texts = [secret, Buffer.from(secret).toString('hex'), ...aligned];
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(secret, 'utf16le')];
}

/** `file: secret` for each of the secrets that any file below the folder gives away. */
export function findSecrets(folder: string, secrets: readonly string[]): string[] {
  return listFiles(folder).flatMap((file) => {
    const content = readFileSync(file);
    return secrets
      .filter((secret) => disguisesOf(secret).some((bytes) => content.includes(bytes)))
      .map((secret) => `${file}: ${secret}`);
  });
}

export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
