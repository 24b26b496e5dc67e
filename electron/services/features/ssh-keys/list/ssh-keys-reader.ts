import { AppError } from '../../../../../shared/contract/errors.ts';
import type { SshKey, SshKeysSnapshot } from '../../../../../shared/contract/keys/ssh-keys.ts';
import type { AccountSshKeys, SshKeyFacts, SshKeysState } from '../../../provider/account-ssh-keys.ts';
import type { SnapshotHead } from '../../../core/snapshot-heads.ts';
import { CachedResource, type ResourceDeps } from '../../../resources/cached-resource.ts';
import { lockOffline } from '../../../resources/lock-offline.ts';
import type { AgentEnds } from '../private-keys/agent-ends.ts';
import type { AgentUnavailable } from '../private-keys/app-agent.ts';
import { sha256Fingerprint, type SshAgent } from '../../../../../ssh-keys/index.ts';
import type { CachedSshKeys } from './ssh-keys-document.ts';
import type { PrivateHalves } from '../private-keys/private-halves.ts';

export interface SshKeysReaderDeps extends ResourceDeps<AccountSshKeys, CachedSshKeys> {
  readonly halves: PrivateHalves;
  readonly agent: Pick<SshAgent, 'list'>;
  readonly ends: AgentEnds;
}

/** What the agent holds, by SHA-256 fingerprint. */
interface AgentKeys {
  readonly agent: SshKeysSnapshot['agent'];
  readonly fingerprints: ReadonlySet<string>;
}

/** Lists the SSH keys with the cache behind it, beside what the vault and the agent of this computer hold. */
export class SshKeysReader {
  readonly #deps: SshKeysReaderDeps;
  readonly #resource: CachedResource<AccountSshKeys, SshKeysState, CachedSshKeys, SshKeysSnapshot>;

  constructor(deps: SshKeysReaderDeps) {
    this.#deps = deps;
    this.#resource = new CachedResource(deps, {
      ask: (account) => account.sshKeysState(),
      get: (cached) => cached,
      set: (_kept, reading) => reading,
      show: (head, state) => this.#show(head, state),
    });
  }

  /**
   * Errors: those of the provider, where nothing is kept; of what is kept not-found, unauthenticated after a sign-out.
   */
  read(accountId: string, from: 'provider' | 'cache' = 'provider'): Promise<SshKeysSnapshot> {
    return this.#resource.read(accountId, from);
  }

  /**
   * As last read, shown anew because the vault or the agent changed. Errors: not-found, unauthenticated after a
   * sign-out.
   */
  again(accountId: string): Promise<SshKeysSnapshot> {
    return this.#resource.again(accountId);
  }

  /** Errors: those of the provider. */
  ask(accountId: string): Promise<SshKeysState> {
    return this.#resource.ask(accountId);
  }

  /** Keeps what the provider said or did, and shows it. */
  async take(accountId: string, state: SshKeysState): Promise<SshKeysSnapshot> {
    return this.#resource.show(accountId, await this.#resource.put(accountId, state));
  }

  /** As last read. Errors: not-found, also where there is no such key; unauthenticated after a sign-out. */
  async find(accountId: string, keyId: string): Promise<SshKeyFacts> {
    const { keys } = await this.#resource.known(accountId);
    const key = keys.find(({ id }) => id === keyId);
    if (!key) throw new AppError('not-found');
    return key;
  }

  async #show(head: SnapshotHead, state: SshKeysState): Promise<SshKeysSnapshot> {
    const { halves, ends } = this.#deps;
    const [{ agent, fingerprints }, inVault] = await Promise.all([
      this.#askAgent(),
      // A locked key store must not hide the list.
      halves.list(head.accountId).catch(() => new Set<string>()),
    ]);
    const keys = state.keys.map((key) => toSshKey(key, inVault, fingerprints, ends));
    const { canVerify, proofPage, canRename, canReplace, usages, families, canExpire, limit } = state;
    const rights = {
      access: lockOffline(head.source, state.access),
      canVerify,
      canRename,
      ...(proofPage !== undefined && { proofPage }),
      ...(canReplace && { canReplace }),
      ...(canExpire && { canExpire }),
      ...(families && { families: [...families] }),
    };
    return { ...head, ...rights, ...(usages && { usages: [...usages] }), limit, agent, keys };
  }

  async #askAgent(): Promise<AgentKeys> {
    const mark = this.#deps.ends.mark();
    try {
      const identities = await this.#deps.agent.list();
      const fingerprints = new Set(identities.map(({ blob }) => sha256Fingerprint({ type: '', bits: 0, blob })));
      this.#deps.ends.keepOnly(fingerprints, mark);
      return { agent: 'available', fingerprints };
    } catch (error) {
      const { fault } = error as Partial<AgentUnavailable>;
      return { agent: fault === 'none' ? 'none' : 'failed', fingerprints: new Set() };
    }
  }
}

function toSshKey(
  { id, title, type, bits, sha256, md5, addedAt, lastUsedAt, verifiedAt, usage, expiresAt }: SshKeyFacts,
  inVault: ReadonlySet<string>,
  inAgent: ReadonlySet<string>,
  ends: AgentEnds,
): SshKey {
  return {
    id,
    title,
    type,
    bits,
    sha256,
    md5,
    addedAt,
    lastUsedAt,
    verifiedAt,
    ...(usage && { usage }),
    ...(expiresAt !== undefined && { expiresAt }),
    hasPrivateHalf: inVault.has(sha256),
    isInAgent: inAgent.has(sha256),
    inAgentUntil: inAgent.has(sha256) ? ends.of(sha256) : null,
  };
}
