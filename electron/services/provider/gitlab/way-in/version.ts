import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { newest, toRelease } from '../../common/release.ts';
import type { SignedSender } from '../../signed-sender.ts';

const versionSchema = z.object({ version: z.string().max(100) });

/** Of an instance, as `major * 1000 + minor`; one that does not say is taken for a new one. */
export interface VersionReader {
  /** Whether it is at least this version: `isSince(16, 10)`. */
  isSince(major: number, minor: number): Promise<boolean>;
}

/** Told to who is signed in; asked once, as long as nothing is in the way. */
export function createVersionReader(send: SignedSender): VersionReader {
  let asked: Promise<number> | undefined;

  async function read(): Promise<number> {
    try {
      const { body } = await send({ method: 'GET', path: '/version', schema: versionSchema });
      return toRelease(body.version);
    } catch (error) {
      if (error instanceof AppError && ['forbidden', 'not-offered', 'not-found'].includes(error.code)) return newest;
      throw error;
    }
  }

  return {
    async isSince(major, minor) {
      asked ??= read();
      asked.catch(() => (asked = undefined));
      return (await asked) >= major * 1_000 + minor;
    },
  };
}
