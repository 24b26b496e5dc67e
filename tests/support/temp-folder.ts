import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempFolder extends Disposable {
  readonly path: string;
}

/** `using folder = makeTempFolder()`: gone with everything in it at the end of the block. */
export function makeTempFolder(): TempFolder {
  const path = mkdtempSync(join(tmpdir(), 'profile-desk-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}
