import type { Checked } from '../../accounts/field-checks.ts';

const maxBytes = 200 * 1024;

/** How each kind of file begins; undefined stands for any byte. */
const magic: Readonly<Record<string, readonly (number | undefined)[]>> = {
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  jpeg: [0xff, 0xd8, 0xff],
  // "RIFF", four bytes of length, "WEBP".
  webp: [0x52, 0x49, 0x46, 0x46, undefined, undefined, undefined, undefined, 0x57, 0x45, 0x42, 0x50],
};

/** A base64 data URL whose first bytes are what it says they are. */
export function checkImage(url: string): Checked {
  const [, type = '', data = ''] = /^data:image\/(png|jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})$/.exec(url) ?? [];
  const bytes = Buffer.from(data, 'base64');
  const isWhole = data !== '' && bytes.toString('base64') === data;
  if (!isWhole || !magic[type]?.every((byte, at) => byte === undefined || bytes[at] === byte))
    return { fault: { code: 'not-valid' } };
  return bytes.length > maxBytes ? { fault: { code: 'too-long' } } : { value: url };
}
