import { hash, verify, type Options } from '@node-rs/argon2';
import { preparePassword } from '../../shared/password-policy.ts';

/** Turns passwords into what may be kept of them. Works off the event loop. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(hashed: string, password: string): Promise<boolean>;
}

/** `memoryCost` in KiB. */
export function createArgon2id(
  parameters: Required<Pick<Options, 'memoryCost' | 'timeCost' | 'parallelism'>>,
): PasswordHasher {
  return {
    hash: (password) => hash(preparePassword(password), parameters),
    verify: (hashed, password) => verify(hashed, preparePassword(password)),
  };
}

/** As the OWASP Password Storage Cheat Sheet asks at least: 19 MiB, 2 passes, 1 lane. */
export const argon2id = createArgon2id({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });
