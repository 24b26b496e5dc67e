import { readFileSync } from 'node:fs';
import type { KeyWrapper } from '../../electron/services/ports.ts';

/**
 * For processes that must share a key store without having one: exclusive-or with the 32 bytes of a file. Not for
 * keeping secrets.
 */
export function createFileKeyWrapper(keyFile: string): KeyWrapper {
  const mix = (key: Uint8Array): Promise<Uint8Array> => {
    const pad = readFileSync(keyFile);
    return Promise.resolve(key.map((byte, at) => byte ^ (pad[at] ?? 0)));
  };
  return { status: () => Promise.resolve({ available: true, name: 'File' }), wrap: mix, unwrap: mix };
}
