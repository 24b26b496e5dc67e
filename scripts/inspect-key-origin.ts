import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  createSshAgent,
  findAgentPath,
  findHalvesIn,
  type KeyReading,
  originOf,
  originOfPath,
  scanFolder,
  sha256Fingerprint,
  strictest,
} from '../ssh-keys/index.ts';
import type { KeyOrigin } from '../shared/contract/keys/ssh-keys.ts';

export interface OriginFinder {
  /** Whose key it is (K6), by the paths of its file: as it was named, and where it lies. */
  originOf(paths: readonly string[], reading: KeyReading): Promise<KeyOrigin | null>;
}

const maxFiles = 500;
/** An answer must not wait for an agent that hangs. */
const agentDeadlineMs = 1_000;

/**
 * Looks for private halves in the files of the same call and beside them, below `~/.ssh` and in the running agent, and
 * only once a public key is to be told of whose file says nothing. The vault of the app stays closed.
 */
export function createOriginFinder(paths: readonly string[]): OriginFinder {
  let localHalves: Promise<ReadonlySet<string>> | undefined;
  return {
    async originOf(ofFile, { facts: { kind = null, publicKey, stated = null } }) {
      const facts = {
        kind,
        sha256: publicKey ? sha256Fingerprint(publicKey) : null,
        fileName: '',
        stated: strictest([stated, ...ofFile.map(originOfPath)]),
      };
      const noneKnown = { fingerprints: new Set<string>(), lockedNames: new Set<string>() };
      const origin = originOf(facts, noneKnown);
      if (origin !== 'public-only') return origin;
      localHalves ??= findLocalHalves(paths);
      return originOf(facts, { ...noneKnown, fingerprints: await localHalves });
    },
  };
}

async function findLocalHalves(paths: readonly string[]): Promise<ReadonlySet<string>> {
  const folder = join(homedir(), '.ssh');
  const { files } = await scanFolder(folder, maxFiles).catch(() => ({ files: [] }));
  const beside = paths.map((path) => path.replace(/\.pub$/i, ''));
  const inFiles = await findHalvesIn([...new Set([...paths, ...beside, ...files.map((file) => join(folder, file))])]);
  const agent = createSshAgent({ path: findAgentPath(process.env, process.platform), deadline: agentDeadlineMs });
  const inAgent = await agent.list().catch(() => []);
  return new Set([...inFiles, ...inAgent.map(({ blob }) => sha256Fingerprint({ type: '', bits: 0, blob }))]);
}
