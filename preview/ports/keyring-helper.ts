import { randomBytes } from 'node:crypto';
import { AsyncEntry } from '@napi-rs/keyring';
import type { HelperReply, HelperRequest } from './keyring-messages.ts';

// A process of its own, for one request: the key store's library blocks its thread while a D-Bus service keeps
// silent, and only a process can be ended in the middle of that. Speaks by messages alone; ends by itself.

/** Never the kernel's keyring, which forgets at shutdown (Linux; ignored elsewhere). */
const options = { linux: { store: 'secret-service' as const } };

// Only the process that started this one holds the other end; parsing with zod would double the time to start.
process.once('message', (request: HelperRequest) => {
  void answer(request).finally(() => process.disconnect());
});

async function answer(request: HelperRequest): Promise<void> {
  const entry = connect(request);
  if (!entry) return;
  say({ kind: 'connected' });
  try {
    say(await carryOut(request, entry));
  } catch (error) {
    say({ kind: 'refused', cause: textOf(error) });
  }
}

/** Opens a session with the key store, and needs its answer; asks the person nothing. */
function connect({ service, account }: HelperRequest): AsyncEntry | undefined {
  try {
    return new AsyncEntry(service, account, options);
  } catch (error) {
    say({ kind: 'absent', cause: textOf(error) });
    return undefined;
  }
}

async function carryOut(request: HelperRequest, entry: AsyncEntry): Promise<HelperReply> {
  if (request.act === 'probe') return { kind: 'done' };
  if (request.act === 'store') {
    await entry.setSecret(request.secret);
    request.secret.fill(0);
    return { kind: 'done' };
  }
  // A locked store looks like one without the entry, so "missing" is believed only of a store that takes a write.
  const secret = (await entry.getSecret()) ?? (await unlock(request.service), await entry.getSecret());
  return secret ? { kind: 'found', secret: Uint8Array.from(secret) } : { kind: 'missing' };
}

async function unlock(service: string): Promise<void> {
  const trial = new AsyncEntry(service, `trial-${randomBytes(8).toString('hex')}`, options);
  await trial.setSecret(Uint8Array.of(0));
  await trial.deleteCredential();
}

function say(reply: HelperReply): void {
  process.send?.(reply);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
