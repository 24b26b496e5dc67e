import type { AccountRegistry } from '../../../accounts/account-registry.ts';
import { sha256Fingerprint, type SshAgent } from '../../../../../ssh-keys/index.ts';
import type { PrivateHalves } from '../private-keys/private-halves.ts';
import type { KeyWorker } from '../worker/key-worker.ts';

export interface LocalHalvesDeps {
  readonly registry: Pick<AccountRegistry, 'all'>;
  readonly halves: Pick<PrivateHalves, 'list'>;
  readonly agent: Pick<SshAgent, 'list'>;
  readonly worker: Pick<KeyWorker, 'run'>;
  readonly sshFolder: string;
}

export type ReadLocalHalves = () => Promise<ReadonlySet<string>>;

/** Milliseconds for `~/.ssh`, of which no more files are read than this. */
const deadlineMs = 5_000;
const maxFiles = 500;

/**
 * Fingerprints of the keys whose private halves are on this computer: in the vault (of any account), in the running
 * agent, or below
 * `~/.ssh`. What cannot be asked now holds none: a key is taken for somebody else's rather than for the person's own
 * (K6).
 */
export function createReadLocalHalves({
  registry,
  halves,
  agent,
  worker,
  sshFolder,
}: LocalHalvesDeps): ReadLocalHalves {
  async function inVault(): Promise<readonly string[]> {
    const { accounts } = await registry.all();
    const lists = await Promise.all(accounts.map(({ id }) => halves.list(id).catch(() => new Set<string>())));
    return lists.flatMap((list) => [...list]);
  }

  async function inAgent(): Promise<readonly string[]> {
    return (await agent.list()).map(({ blob }) => sha256Fingerprint({ type: '', bits: 0, blob }));
  }

  return async () => {
    const inFolder = worker.run((keys) => keys.halves({ folder: sshFolder, most: maxFiles }), deadlineMs);
    const all = await Promise.all([inVault(), inAgent(), inFolder].map((each) => each.catch(() => [])));
    return new Set(all.flat());
  };
}
