import { randomBytes } from 'node:crypto';
import { ChildClient } from '../../electron/services/core/children/child-client.ts';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import type { KeyWrapper } from '../../electron/services/ports.ts';
import { decrypt, encrypt, sealLength } from '../../electron/services/vault/aes-gcm.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { Client } from '../../shared/rpc/define.ts';
import { forkKeyringHelper } from './children.ts';
import { keyring, type KeyringContract } from './keyring.contract.ts';

// Wrapped: 1 format · 16 entry · 12 nonce · ciphertext · 16 tag. AES-256-GCM under a random key-encryption key, which
// is the key store's entry of that name. Each wrap makes an entry of its own, so that none is ever overwritten: an
// entry that seems to be missing may only be locked away.

const service = 'Profile Desk';
const format = 1;
const entryLength = 16;
const headLength = 1 + entryLength;
const keyLength = 32;

const names: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Keychain', win32: 'Credential Manager' };
const name = names[process.platform] ?? 'Secret Service';

/** Milliseconds for our own process to start, which takes long on a busy computer, as it is after a sign-in. */
const startDeadlineMs = 60_000;
/** Milliseconds for the key store to answer at all. */
const connectDeadlineMs = 10_000;
/** Milliseconds for the person to answer what the key store asks them, e.g. its password. */
const personDeadlineMs = 120_000;

const clock = createSystemClock();

/** The KeyWrapper port over Secret Service, Keychain or Credential Manager. */
export function createKeyringKeyWrapper(): KeyWrapper {
  return {
    status: () =>
      withEntry('probe', () => Promise.resolve()).then(
        () => ({ available: true, name }),
        (error: unknown) => ({ available: false, cause: causeOf(error) }),
      ),
    async wrap(key) {
      const head = Buffer.concat([Buffer.of(format), randomBytes(entryLength)]);
      const secret = randomBytes(keyLength);
      await withEntry(head.toString('hex', 1), ({ store }) => store({ secret })).catch(refuse);
      const wrapped = Buffer.concat([head, encrypt(secret, head, key)]);
      secret.fill(0);
      return wrapped;
    },
    async unwrap(wrapped) {
      const bytes = Buffer.from(wrapped);
      const head = bytes.subarray(0, headLength);
      if (bytes.length < headLength + sealLength || head[0] !== format) throw changedError();
      const secret = await withEntry(head.toString('hex', 1), ({ find }) => find()).catch(refuse);
      const key = secret?.length === keyLength && decrypt(secret, head, bytes.subarray(headLength));
      secret?.fill(0);
      if (!key) throw changedError();
      return key;
    },
  };
}

/** Asks the key store in a process of its own, which ends with that. Never hangs. */
async function withEntry<T>(account: string, act: (entry: Client<KeyringContract>['entry']) => Promise<T>): Promise<T> {
  const client = new ChildClient({ contract: keyring, child: forkKeyringHelper(), name: 'key store', clock });
  try {
    await client.within(startDeadlineMs).helper.start();
    await client.within(connectDeadlineMs).entry.open({ service, account });
    return await act(client.within(personDeadlineMs).entry);
  } finally {
    client.end('it is done');
  }
}

function refuse(error: unknown): never {
  throw new AppError('key-store-unavailable', { reason: 'key-store-locked' }, error);
}

function causeOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  return cause instanceof Error ? cause.message : String(error);
}

function changedError(): AppError {
  return new AppError('key-store-unavailable', { reason: 'key-store-changed' });
}
