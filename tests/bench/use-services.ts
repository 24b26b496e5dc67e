// Bundled and run by memory.bench.ts in a process of its own: uses the services as a long day does, and says what
// memory is left in use, in bytes.

import { setTimeout as wait } from 'node:timers/promises';
import { startNodeKeyWorker } from '../../electron/services/features/ssh-keys/worker/node-key-worker.ts';
import { openAppWith } from '../integration/open-app.ts';
import { ownMemory } from './own-memory.ts';

const [dataFolder = '', address = '', identifier = '', password = '', ...marks] = process.argv.slice(2);
/** A refresh in so many is one of all screens. */
const allEvery = 10;

// Its own key worker: the tests' one comes with a bundler, whose memory is not the services'.
const ssh = { folder: '/nowhere', agentPath: undefined, startKeyWorker: startNodeKeyWorker };
const app = await openAppWith(dataFolder, { ssh });
const { calls } = app;
const signedIn = await calls.auth.signIn({ target: { kind: 'address', address }, identifier, password });
if (signedIn.next !== 'done') throw new Error('a code was asked for');
const accountInput = { accountId: signedIn.accountId };
const fromProvider = { ...accountInput, from: 'provider' } as const;

let refreshes = 0;
for (const mark of marks.map(Number)) {
  for (; refreshes < mark; refreshes += 1) await refresh();
  console.log(JSON.stringify({ refreshes, ...(await measure()) }));
}
await app.close();
if (app.internal.length > 0) throw new AggregateError(app.internal, 'the services failed inside');

async function refresh(): Promise<void> {
  await calls.profile.get(fromProvider);
  if (refreshes % allEvery !== 0) return;
  await calls.sessions.list(fromProvider);
  await calls.mfa.status(accountInput);
  await calls.reauth.status(accountInput);
  await calls.apiKey.get(fromProvider);
  await calls.apiCalls.list({ ...accountInput, screen: 'profile' });
  await calls.profile.get({ ...accountInput, from: 'cache' });
  // What no window took away would not be kept by a shell either.
  (app.events as unknown[]).length = 0;
}

/**
 * `rush`: as the refreshes leave it. `rss`: once V8 has given back what it kept ready for the next rush, as it does in
 * a pause or where memory is short; `own` of it is no page of a program's file.
 */
async function measure(): Promise<{ rush: number; rss: number; own: number; heap: number }> {
  const { rss: rush } = process.memoryUsage();
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    await wait(100);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rush, rss, own: ownMemory(), heap: heapUsed + external };
}
