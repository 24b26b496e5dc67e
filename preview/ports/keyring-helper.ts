import { randomBytes } from 'node:crypto';
import { AsyncEntry } from '@napi-rs/keyring';
import { linkToParent } from '../../shared/rpc/message-link.ts';
import { serveCalls } from '../../shared/rpc/serve-calls.ts';
import type { KeyringContract } from './keyring.contract.ts';

// A process of its own, for one entry: the key store's library blocks its thread while a D-Bus service keeps silent,
// and only a process can be ended in the middle of that.

/** Never the kernel's keyring, which forgets at shutdown (Linux; ignored elsewhere). */
const options = { linux: { store: 'secret-service' as const } };

let entry: AsyncEntry | undefined;
let service = '';

async function find(): Promise<Uint8Array | null> {
  // A locked store looks like one without the entry, so "missing" is believed only of a store that takes a write.
  const secret = (await entry?.getSecret()) ?? (await unlock(), await entry?.getSecret());
  return secret ? Uint8Array.from(secret) : null;
}

async function unlock(): Promise<void> {
  const trial = new AsyncEntry(service, `trial-${randomBytes(8).toString('hex')}`, options);
  await trial.setSecret(Uint8Array.of(0));
  await trial.deleteCredential();
}

process.once('disconnect', () => process.exit());
serveCalls<KeyringContract>(
  linkToParent(process),
  {
    helper: { start: () => undefined },
    entry: {
      open(wanted) {
        service = wanted.service;
        entry = new AsyncEntry(service, wanted.account, options);
      },
      async store({ secret }) {
        await entry?.setSecret(secret);
      },
      find,
    },
  },
  (error) => (error instanceof Error ? error.message : String(error)),
);
