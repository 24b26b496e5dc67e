import { argon2id } from 'hash-wasm';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { KeyDerivationContract } from './key-derivation.contract.ts';

/** Bytes: a key of AES-256. */
const keyLength = 32;

/** The child's side. In WebAssembly: the crypto of Electron, BoringSSL, has no Argon2. */
export const keyDerivationHandlers: Handlers<KeyDerivationContract> = {
  derivation: {
    argon2id: ({ passphrase, salt, memoryKiB, passes, lanes }) =>
      argon2id({
        ...{ password: passphrase, salt, memorySize: memoryKiB, iterations: passes, parallelism: lanes },
        hashLength: keyLength,
        outputType: 'binary',
      }),
  },
};
