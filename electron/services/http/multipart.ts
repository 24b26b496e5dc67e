import { randomBytes } from 'node:crypto';
import type { Upload } from './exchange.ts';

interface FilePart {
  /** Of the form's field, and of the file: plain names. */
  readonly name: string;
  readonly fileName: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A form with one file (RFC 7578). */
export function toMultipart({ name, fileName, type, bytes }: FilePart): Upload {
  const boundary = `form-${randomBytes(24).toString('hex')}`;
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${name}"; filename="${fileName}"`,
    `Content-Type: ${type}`,
    '',
    '',
  ].join('\r\n');
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
