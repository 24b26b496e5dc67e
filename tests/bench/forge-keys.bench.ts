import { startGitea } from '../providers/stand-ins/gitea/start-gitea.ts';
import { noKeys, openApp } from '../integration/services-under-test.ts';
import { makePublicLine } from '../support/make-public-line.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import type { BenchRow } from './bench-row.ts';
import { createCountingTransport } from './counting-transport.ts';
import { measureSideBySide, percentile } from './measure.ts';

const keys = 1_000;
const rounds = 10;
/** As the lists of the reference API. */
const maxMs = 1_000;
/** The largest page that Gitea gives. */
const pageSize = 50;

const fromProvider = 'list from the forge';
const fromCache = 'list from the cache';
const plain = 'its pages by fetch, one after another';

/** A thousand SSH keys of one person at a forge (the stand-in of Gitea), which lists fifty at a time. */
export async function run(): Promise<BenchRow[]> {
  const gitea = await startGitea();
  try {
    const token = gitea.addToken(gitea.addPerson('ada', 'password of ada'), 'bench', ['write:user']);
    const ask = createAsk(gitea.address, token);
    for (let at = 0; at < keys; at += 1)
      await ask('', { method: 'POST', body: JSON.stringify({ title: `host ${String(at)}`, key: makePublicLine() }) });
    return await measure(gitea.address, token, ask);
  } finally {
    await gitea.close();
  }
}

type Ask = ReturnType<typeof createAsk>;

function createAsk(address: string, token: string) {
  const headers = { Authorization: `token ${token}`, 'Content-Type': 'application/json' };
  return async (query: string, init: RequestInit = {}): Promise<unknown> => {
    const response = await fetch(`${address}/api/v1/user/keys${query}`, { ...init, headers });
    if (!response.ok) throw new Error(`${String(response.status)} ${await response.text()}`);
    return response.json();
  };
}

async function measure(address: string, token: string, ask: Ask): Promise<BenchRow[]> {
  using folder = makeTempFolder();
  const { transport, count } = createCountingTransport();
  const app = await openApp(folder.path, { transport, ssh: noKeys });
  const target = { kind: 'address', address } as const;
  const signedIn = await app.calls.auth.signInWithToken({ kind: 'gitea', target, token });
  if (signedIn.next !== 'done') throw new Error('a code was asked for');
  const list = (from: 'provider' | 'cache') => app.calls.sshKeys.list({ accountId: signedIn.accountId, from });
  const before = count();
  const { keys: found } = await list('provider');
  const requests = count() - before;
  if (found.length !== keys) throw new Error(`${String(found.length)} keys instead of ${String(keys)}`);
  const askAll = async () => {
    for (let page = 1; page <= keys / pageSize; page += 1) await ask(`?limit=${String(pageSize)}&page=${String(page)}`);
  };
  const times = await measureSideBySide(
    [
      { name: fromProvider, act: () => list('provider') },
      { name: fromCache, act: () => list('cache') },
      { name: plain, act: askAll },
    ],
    rounds,
  );
  await app.close();
  return toRows(requests, (name) => percentile(times[name] ?? [], 50));
}

function toRows(requests: number, p50: (name: string) => number): BenchRow[] {
  const name = (what: string) => `${keys.toLocaleString('en')} SSH keys, ${what}`;
  const against = { name: plain, measured: p50(plain) };
  return [
    { name: name('requests of one list'), measured: requests, unit: 'requests' },
    {
      ...{ name: name(`${fromProvider}, p50`), measured: p50(fromProvider), unit: 'ms', against },
      target: { max: maxMs, of: 'measured' },
    },
    { name: name(`${fromCache}, p50`), measured: p50(fromCache), unit: 'ms' },
  ];
}
