import { AppError } from '../../../../../shared/contract/errors.ts';
import type { IdentityKey, IdentityKeysSnapshot } from '../../../../../shared/contract/identity-keys.ts';
import type { Requests } from '../../../accounts/requests.ts';
import type { Clock } from '../../../ports.ts';
import type {
  AccountIdentityKeys,
  IdentityKeyFacts,
  IdentityKeysState,
} from '../../../provider/account-identity-keys.ts';
import type { Sequence } from '../../../core/sequence.ts';
import type { AgentEnds } from '../private-keys/agent-ends.ts';
import type { AgentUnavailable } from '../private-keys/app-agent.ts';
import { sha256Fingerprint, type SshAgent } from '../../../../../ssh-keys/index.ts';
import type { IdentityKeysReading, KeptIdentityKeys } from './kept-identity-keys.ts';
import type { PrivateHalves } from '../private-keys/private-halves.ts';

export interface IdentityKeysReaderOptions {
  readonly live: Requests<AccountIdentityKeys>;
  readonly kept: KeptIdentityKeys;
  readonly halves: PrivateHalves;
  readonly agent: Pick<SshAgent, 'list'>;
  readonly ends: AgentEnds;
  readonly clock: Clock;
  readonly sequence: Sequence;
  /** Whether what is kept of this connection may be shown now: it exists and was not signed out on purpose. */
  readonly mayShow: (connectionId: string) => Promise<boolean>;
}

/** What the agent holds, by SHA-256 fingerprint. */
interface AgentKeys {
  readonly agent: IdentityKeysSnapshot['agent'];
  readonly fingerprints: ReadonlySet<string>;
}

/** Lists the identity keys with the cache behind it, beside what the vault and the agent of this computer hold. */
export class IdentityKeysReader {
  readonly #options: IdentityKeysReaderOptions;

  constructor(options: IdentityKeysReaderOptions) {
    this.#options = options;
  }

  /** Falls back to what is kept for any refusal: what was seen once stays viewable. Errors: those of the provider. */
  async read(connectionId: string): Promise<IdentityKeysSnapshot> {
    try {
      return await this.take(connectionId, await this.ask(connectionId));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return await this.#readStale(connectionId).catch(() => {
        throw error;
      });
    }
  }

  /** Errors: not-found if there was never a list, unauthenticated after a sign-out. */
  async readKept(connectionId: string): Promise<IdentityKeysSnapshot> {
    const reading = await this.#mustHave(connectionId, await this.#options.kept.read(connectionId));
    return { ...(await this.#show(connectionId, { ...reading, source: 'cache' })), sequence: 0 };
  }

  /** As last read, shown anew because the vault or the agent changed. Errors: as readKept. */
  async again(connectionId: string): Promise<IdentityKeysSnapshot> {
    return this.#show(connectionId, await this.#mustHave(connectionId, await this.#options.kept.read(connectionId)));
  }

  /** Errors: those of the provider. */
  ask(connectionId: string): Promise<IdentityKeysState> {
    return this.#options.live.request(connectionId, (account) => account.identityKeysState());
  }

  /** Keeps what the provider said or did, and shows it. */
  async take(connectionId: string, state: IdentityKeysState): Promise<IdentityKeysSnapshot> {
    const { kept, clock } = this.#options;
    const reading = { source: 'provider', takenAt: new Date(clock.now()).toISOString(), state } as const;
    await kept.put(connectionId, reading);
    return this.#show(connectionId, reading);
  }

  /** As last read. Errors: not-found, also where there is no such key; unauthenticated after a sign-out. */
  async find(connectionId: string, keyId: string): Promise<IdentityKeyFacts> {
    const { state } = await this.#mustHave(connectionId, await this.#options.kept.read(connectionId));
    const key = state.keys.find(({ id }) => id === keyId);
    if (!key) throw new AppError('not-found');
    return key;
  }

  async #readStale(connectionId: string): Promise<IdentityKeysSnapshot> {
    return this.#show(
      connectionId,
      await this.#mustHave(connectionId, await this.#options.kept.markStale(connectionId)),
    );
  }

  async #mustHave(connectionId: string, reading: IdentityKeysReading | undefined): Promise<IdentityKeysReading> {
    if (!(await this.#options.mayShow(connectionId)))
      throw new AppError('unauthenticated', { reason: 'session-ended' });
    if (!reading) throw new AppError('not-found');
    return reading;
  }

  async #show(connectionId: string, { source, takenAt, state }: IdentityKeysReading): Promise<IdentityKeysSnapshot> {
    // Before anything is waited for: this reading is the newest now.
    const sequence = this.#options.sequence();
    const [{ agent, fingerprints }, kept] = await Promise.all([this.#askAgent(), this.#listKept(connectionId)]);
    const { canVerify, limit } = state;
    const isLocked = source === 'cache' && state.access.kind === 'editable';
    const access = isLocked ? { kind: 'offline' as const } : state.access;
    const keys = state.keys.map((key) => toIdentityKey(key, kept, fingerprints, this.#options.ends));
    return { connectionId, source, takenAt, sequence, access, canVerify, limit, agent, keys };
  }

  /** A locked key store must not hide the list. */
  async #listKept(connectionId: string): Promise<ReadonlySet<string>> {
    return this.#options.halves.list(connectionId).catch(() => new Set<string>());
  }

  async #askAgent(): Promise<AgentKeys> {
    try {
      const held = await this.#options.agent.list();
      const fingerprints = new Set(held.map(({ blob }) => sha256Fingerprint({ type: '', bits: 0, blob })));
      this.#options.ends.keepOnly(fingerprints);
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
