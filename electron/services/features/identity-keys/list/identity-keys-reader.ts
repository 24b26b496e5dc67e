import { AppError } from '../../../../../shared/contract/errors.ts';
import type { IdentityKey, IdentityKeysSnapshot } from '../../../../../shared/contract/keys/identity-keys.ts';
import type {
  AccountIdentityKeys,
  IdentityKeyFacts,
  IdentityKeysState,
} from '../../../provider/account-identity-keys.ts';
import { CachedResource, type ResourceParts, type SnapshotHead } from '../../../resources/cached-resource.ts';
import { lockOffline } from '../../../resources/lock-offline.ts';
import type { AgentEnds } from '../private-keys/agent-ends.ts';
import type { AgentUnavailable } from '../private-keys/app-agent.ts';
import { sha256Fingerprint, type SshAgent } from '../../../../../ssh-keys/index.ts';
import type { KeptIdentityKeys } from './identity-keys-document.ts';
import type { PrivateHalves } from '../private-keys/private-halves.ts';

export interface IdentityKeysReaderOptions extends ResourceParts<AccountIdentityKeys, KeptIdentityKeys> {
  readonly halves: PrivateHalves;
  readonly agent: Pick<SshAgent, 'list'>;
  readonly ends: AgentEnds;
}

/** What the agent holds, by SHA-256 fingerprint. */
interface AgentKeys {
  readonly agent: IdentityKeysSnapshot['agent'];
  readonly fingerprints: ReadonlySet<string>;
}

/** Lists the identity keys with the cache behind it, beside what the vault and the agent of this computer hold. */
export class IdentityKeysReader {
  readonly #options: IdentityKeysReaderOptions;
  readonly #resource: CachedResource<AccountIdentityKeys, IdentityKeysState, KeptIdentityKeys, IdentityKeysSnapshot>;

  constructor(options: IdentityKeysReaderOptions) {
    this.#options = options;
    this.#resource = new CachedResource(options, {
      ask: (account) => account.identityKeysState(),
      get: (kept) => kept,
      set: (_kept, reading) => reading,
      show: (head, state) => this.#show(head, state),
    });
  }

  /**
   * Errors: those of the provider, where nothing is kept; of what is kept not-found, unauthenticated after a sign-out.
   */
  read(connectionId: string, from: 'provider' | 'cache' = 'provider'): Promise<IdentityKeysSnapshot> {
    return this.#resource.read(connectionId, from);
  }

  /**
   * As last read, shown anew because the vault or the agent changed. Errors: not-found, unauthenticated after a
   * sign-out.
   */
  again(connectionId: string): Promise<IdentityKeysSnapshot> {
    return this.#resource.again(connectionId);
  }

  /** Errors: those of the provider. */
  ask(connectionId: string): Promise<IdentityKeysState> {
    return this.#resource.ask(connectionId);
  }

  /** Keeps what the provider said or did, and shows it. */
  async take(connectionId: string, state: IdentityKeysState): Promise<IdentityKeysSnapshot> {
    return this.#resource.show(connectionId, await this.#resource.put(connectionId, state));
  }

  /** As last read. Errors: not-found, also where there is no such key; unauthenticated after a sign-out. */
  async find(connectionId: string, keyId: string): Promise<IdentityKeyFacts> {
    const { keys } = await this.#resource.known(connectionId);
    const key = keys.find(({ id }) => id === keyId);
    if (!key) throw new AppError('not-found');
    return key;
  }

  async #show(head: SnapshotHead, state: IdentityKeysState): Promise<IdentityKeysSnapshot> {
    const { halves, ends } = this.#options;
    const [{ agent, fingerprints }, kept] = await Promise.all([
      this.#askAgent(),
      // A locked key store must not hide the list.
      halves.list(head.connectionId).catch(() => new Set<string>()),
    ]);
    const keys = state.keys.map((key) => toIdentityKey(key, kept, fingerprints, ends));
    const { canVerify, limit } = state;
    return { ...head, access: lockOffline(head.source, state.access), canVerify, limit, agent, keys };
  }

  async #askAgent(): Promise<AgentKeys> {
    const mark = this.#options.ends.mark();
    try {
      const held = await this.#options.agent.list();
      const fingerprints = new Set(held.map(({ blob }) => sha256Fingerprint({ type: '', bits: 0, blob })));
      this.#options.ends.keepOnly(fingerprints, mark);
      return { agent: 'available', fingerprints };
    } catch (error) {
      const { fault } = error as Partial<AgentUnavailable>;
      return { agent: fault === 'none' ? 'none' : 'failed', fingerprints: new Set() };
    }
  }
}

function toIdentityKey(
  { id, title, type, bits, sha256, md5, addedAt, lastUsedAt, verifiedAt }: IdentityKeyFacts,
  kept: ReadonlySet<string>,
  inAgent: ReadonlySet<string>,
  ends: AgentEnds,
): IdentityKey {
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
    isKept: kept.has(sha256),
    isInAgent: inAgent.has(sha256),
    inAgentUntil: inAgent.has(sha256) ? ends.of(sha256) : null,
  };
}
