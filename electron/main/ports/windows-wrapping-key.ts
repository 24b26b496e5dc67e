import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Clock, FileStore, KeyWrapper, Log } from '../../services/ports.ts';

// On Windows the system wraps no key of ours, but one of Chromium's, with which Chromium wraps ours. That one lies in a
// file of Chromium's, is written seconds after it was made, and is replaced without a word where it is missing or does
// not open. Without it the vault is lost; so a copy of it, wrapped as it is, lies beside the vault's own key.

/** Beside `vault-key.json`. */
const copyName = 'wrapping-key.json';
const copySchema = z.strictObject({ version: z.literal(1), wrappingKey: z.base64().min(1).max(10_000) });
/** What we need of Chromium's file; the rest of it is left as it is. */
const localStateSchema = z.looseObject({ os_crypt: z.looseObject({ encrypted_key: z.base64().min(1).max(10_000) }) });
const anyObjectSchema = z.record(z.string(), z.unknown());

/** Chromium writes within ten seconds. */
const patienceMs = 15_000;
const pollMs = 250;

/** Chromium's file in the folder that Electron calls `sessionData`. */
export const localStateIn = (sessionFolder: string): string => join(sessionFolder, 'Local State');

/**
 * Puts the kept key back where Chromium's file has none or another. Comes before Electron is ready, which is when
 * Chromium reads it, and after the lock: no other copy of the app runs. Returns whether it had to. Errors: those of the
 * system.
 */
export function restoreWrappingKey(localState: string, storeFolder: string): boolean {
  const copy = copySchema.safeParse(readJson(join(storeFolder, copyName)));
  if (!copy.success || copy.data.wrappingKey === readWrappingKey(localState)) return false;
  const state = anyObjectSchema.safeParse(readJson(localState)).data ?? {};
  const crypt = anyObjectSchema.safeParse(state['os_crypt']).data ?? {};
  mkdirSync(dirname(localState), { recursive: true });
  const temp = `${localState}.restored`;
  const restored = { ...state, os_crypt: { ...crypt, encrypted_key: copy.data.wrappingKey } };
  writeFileSync(temp, JSON.stringify(restored), { flush: true });
  renameSync(temp, localState);
  return true;
}

export interface KeepWrappingKeyDeps {
  readonly localState: string;
  /** Where the vault's key lies. */
  readonly files: FileStore;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly log: Log;
}

/** The same key store; what it wraps counts as kept only once its own key is on the disk, and a copy of that. */
export function keepWrappingKey(inner: KeyWrapper, { localState, files, clock, log }: KeepWrappingKeyDeps): KeyWrapper {
  async function keepCopy(wrappingKey: string): Promise<void> {
    const content = Buffer.from(`${JSON.stringify({ version: 1, wrappingKey })}\n`);
    const before = await files.read(copyName);
    if (!before || !content.equals(before)) await files.write(copyName, content);
  }

  return {
    status: () => inner.status(),
    get wantsRewrap() {
      return inner.wantsRewrap ?? false;
    },
    async wrap(key) {
      const wrapped = await inner.wrap(key);
      for (let waited = 0; waited <= patienceMs; waited += pollMs) {
        const wrappingKey = readWrappingKey(localState);
        if (wrappingKey !== undefined) {
          await keepCopy(wrappingKey);
          return wrapped;
        }
        await clock.sleep(pollMs);
      }
      throw new AppError('key-store-unavailable', {}, new Error('Chromium did not write its key'));
    },
    async unwrap(wrapped) {
      const key = await inner.unwrap(wrapped);
      // It opened the vault, so it is the right one.
      const wrappingKey = readWrappingKey(localState);
      if (wrappingKey !== undefined)
        await keepCopy(wrappingKey).catch((error: unknown) => log.error('no copy of the wrapping key is kept', error));
      return key;
    },
  };
}

function readWrappingKey(localState: string): string | undefined {
  return localStateSchema.safeParse(readJson(localState)).data?.os_crypt.encrypted_key;
}

/** Undefined where there is no such file, or no JSON in it. */
function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
