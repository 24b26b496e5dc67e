import * as z from 'zod';
import { bytes } from '../../../../shared/rpc/bytes.ts';
import { call } from '../../../../shared/rpc/define.ts';

/** What the services have done in a child of its own: it takes a second and much memory, on purpose. */
export const keyDerivation = {
  derivation: {
    /** 32 bytes by Argon2id, version 1.3 (RFC 9106). `passphrase` in UTF-8. */
    argon2id: call(
      z.strictObject({
        passphrase: bytes,
        salt: bytes,
        memoryKiB: z.int().positive(),
        passes: z.int().positive(),
        lanes: z.int().positive(),
      }),
      bytes,
    ),
  },
};
export type KeyDerivationContract = typeof keyDerivation;
