import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { queryObjects, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import axios from 'axios';
import { SignedInAccounts } from '../../electron/services/accounts/signed-in-accounts.ts';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { AppService } from '../../electron/services/features/app/app.service.ts';
import { ProfileService } from '../../electron/services/features/profile/profile.service.ts';
import { startNodeKeyWorker } from '../../electron/services/features/ssh-keys/worker/node-key-worker.ts';
import type { HttpTransport } from '../../electron/services/ports.ts';
import { Vault } from '../../electron/services/vault/vault.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { linkToParent } from '../../shared/rpc/message-link.ts';
import { serveCalls } from '../../shared/rpc/serve-calls.ts';
import { ownMemory } from '../bench/own-memory.ts';
import { openAppWith } from '../integration/open-app.ts';
import { startCheapWorker } from './cheap-worker.ts';
import type { Measures, SoakContract } from './soak.contract.ts';

// Run by soak.test.ts in a process of its own: an app that is used for long, and says what is left of it.

const [dataFolder = ''] = process.argv.slice(2);
/** A refresh in so many is one of all lists. */
const allEvery = 10;
/** Nobody listens there, so the system refuses. */
const nobody = 'http://127.0.0.1:9/';

let isOffline = false;
let opened: string[] = [];
const send = axios.getAdapter('http');
const transport: HttpTransport = {
  adapter: (config) => send(isOffline ? { ...config, baseURL: '', url: nobody } : config),
};
let skippedMs = 0;
const system = createSystemClock();
const app = await openAppWith(dataFolder, {
  clock: { ...system, monotonic: () => system.monotonic() + skippedMs },
  transport,
  ssh: { folder: '/nowhere', agentPath: undefined, startKeyWorker: () => startCheapWorker(startNodeKeyWorker) },
  browser: { open: (address) => Promise.resolve(opened.push(address.href) > 0) },
});
const { calls } = app;

serveCalls<SoakContract>(
  linkToParent(process),
  {
    app: {
      async request({ channel, input }) {
        const reply = await app.transport.request(channel, input);
        const pages = opened;
        opened = [];
        return { reply, opened: pages };
      },
      skipMinute: () => void (skippedMs += 60_000),
      async refresh({ accountIds, rounds }) {
        for (let round = 0; round < rounds; round += 1)
          for (const accountId of accountIds) await refresh(accountId, round % allEvery === 0);
        return rounds * accountIds.length;
      },
      flap,
      lock,
      measure,
      countServices,
      async close() {
        await app.close();
        return app.internal.map(String);
      },
    },
  },
  (error) => String(error instanceof Error ? error.stack : error),
);

async function refresh(accountId: string, isAll: boolean): Promise<void> {
  const from = 'provider' as const;
  await calls.profile.get({ accountId, from });
  if (isAll) {
    const lists = [calls.sessions, calls.emails, calls.applications, calls.sshKeys, calls.accessKeys];
    for (const { list } of lists) await list({ accountId, from }).catch(unlessRefused);
    await calls.apiKey.get({ accountId, from }).catch(unlessRefused);
    await calls.mfa.status({ accountId }).catch(unlessRefused);
    await calls.reauth.status({ accountId }).catch(unlessRefused);
    await calls.apiCalls.list({ accountId, screen: 'profile' }).catch(unlessRefused);
    await calls.profile.get({ accountId, from: 'cache' });
  }
  // What no window took away would not be kept by a shell either.
  (app.events as unknown[]).length = 0;
}

/** Some services want a fresh proof after a while, also before they tell of second factors. */
const refusals: readonly string[] = ['not-offered', 'forbidden', 'not-found', 'reauth-required'];

function unlessRefused(error: unknown): void {
  if (!(error instanceof AppError) || !refusals.includes(error.code)) throw error;
}

async function flap({ accountIds, rounds }: { accountIds: readonly string[]; rounds: number }) {
  const counts = { offline: 0, online: 0 };
  for (let round = 0; round < rounds; round += 1) {
    isOffline = true;
    for (const accountId of accountIds)
      await calls.profile.get({ accountId, from: 'provider' }).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'offline') throw error;
      });
    counts.offline += await countStates('offline');
    isOffline = false;
    for (const accountId of accountIds) await refresh(accountId, false);
    counts.online += await countStates('online');
  }
  return counts;
}

async function countStates(kind: string): Promise<number> {
  const { accounts } = await calls.accounts.list();
  return accounts.filter(({ state }) => state.kind === kind).length;
}

async function lock({
  accountIds,
  rounds,
  passphrase,
}: {
  accountIds: readonly string[];
  rounds: number;
  passphrase: string;
}): Promise<number> {
  let whole = 0;
  for (let round = 0; round < rounds; round += 1) {
    await calls.vault.lock();
    await calls.vault.unlock({ passphrase });
    const { accounts } = await calls.accounts.list();
    await refresh(accountIds[round % accountIds.length]!, false);
    if (accounts.length === accountIds.length) whole += 1;
  }
  return whole;
}

async function measure(): Promise<Measures> {
  await collect();
  // Collects more than any `gc()`, compiled code too that nobody uses any more.
  const objects = queryObjects(Object, { format: 'count' });
  const { heapUsed, external } = process.memoryUsage();
  return {
    heap: heapUsed + external,
    own: ownMemory(),
    objects,
    files: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0,
    handles: countBy(process.getActiveResourcesInfo()),
  };
}

function countServices(): Record<string, number> {
  const services = { Vault, SignedInAccounts, ProfileService, AppService };
  return Object.fromEntries(
    Object.entries(services).map(([name, each]) => [name, queryObjects(each, { format: 'count' })]),
  );
}

async function collect(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as NodeJS.GCFunction;
  await gc({ type: 'major', execution: 'async', flavor: 'last-resort' });
  // What finalizers do comes in turns of its own.
  await wait(20);
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
