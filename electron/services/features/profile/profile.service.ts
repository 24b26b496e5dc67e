import {
  sectionNames,
  type FieldAccess,
  type ProfileSnapshot,
  type ProfileUpdate,
  type ProfileUpdateResult,
  type SectionName,
  type SectionOutcome,
} from '../../../../shared/contract/profile.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { ProfileCache } from './profile-cache.ts';
import { toUnknown } from '../../provider/outcome.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { Clock } from '../../ports.ts';
import type { Sequence } from '../../core/sequence.ts';
import type { Account, ProfileReading, SavedSection, SectionChanges } from '../../provider/provider.ts';
import { lockForOffline } from './lock-for-offline.ts';
import { hasChanges } from './has-changes.ts';

export type ProfileAccount = Pick<Account, 'readProfile' | 'updateSection'>;

export interface ProfileOptions {
  readonly live: Requests<ProfileAccount>;
  readonly cache: ProfileCache;
  readonly clock: Clock;
  readonly sequence: Sequence;
  /** Whether what is kept of this connection may be shown now: it exists and was not signed out on purpose. */
  readonly mayShow: (connectionId: string) => Promise<boolean>;
  /** Stands before what is dangerous (E12). Errors: reauth-required; those of asking the provider. */
  readonly requireProof: (connectionId: string) => Promise<void>;
  /** Every snapshot that came from the provider. */
  readonly onRead: (snapshot: ProfileSnapshot) => Promise<void>;
}

/** Milliseconds: from a sign-in to the screen that shows the profile. */
const atHandFor = 10_000;

type Outcomes = Partial<Record<SectionName, SectionOutcome>>;

interface Change<S extends SectionName> {
  readonly changes: SectionChanges[S];
  readonly revision: string;
}

/** One person's profile: read with the cache behind it, written section by section. */
export class ProfileService {
  readonly #options: ProfileOptions;
  readonly #updates = new Map<string, Promise<unknown>>();
  /** Number of sections saved, by connection. */
  readonly #saves = new Map<string, number>();
  readonly #newest = new Map<string, ProfileSnapshot>();
  /** Read by a sign-in, for the first who asks. */
  readonly #atHand = new Map<string, { readonly snapshot: ProfileSnapshot; readonly until: number }>();

  constructor(options: ProfileOptions) {
    this.#options = options;
  }

  readonly handlers: Handlers<AppContract>['profile'] = {
    get: ({ connectionId, from }) => (from === 'cache' ? this.#readCached(connectionId, 0) : this.#read(connectionId)),
    update: (input) => this.#inTurn(input.connectionId, () => this.#update(input)),
  };

  /** Reads the profile from the provider, keeps it, and tells of it. Errors: those of the provider. */
  async refresh(connectionId: string): Promise<ProfileSnapshot> {
    const { live, clock, sequence } = this.#options;
    const begun = {
      sequence: sequence(),
      takenAt: new Date(clock.now()).toISOString(),
      saves: this.#saves.get(connectionId),
    };
    const reading = await live.request(connectionId, (account) => account.readProfile());
    // What was saved meanwhile may be missing in what was read.
    if (this.#saves.get(connectionId) !== begun.saves) return this.refresh(connectionId);
    const newest = this.#newest.get(connectionId);
    if (newest && newest.sequence > begun.sequence) return newest;
    return this.#keep({
      connectionId,
      source: 'provider',
      takenAt: begun.takenAt,
      sequence: begun.sequence,
      ...reading,
    });
  }

  /** Keeps what a sign-in has read, so that the screen that follows asks for nothing twice. */
  async admit(connectionId: string, reading: ProfileReading): Promise<void> {
    const { clock, sequence } = this.#options;
    const head = { sequence: sequence(), takenAt: new Date(clock.now()).toISOString() };
    const snapshot = await this.#keep({ connectionId, source: 'provider', ...head, ...reading });
    this.#atHand.set(connectionId, { snapshot, until: clock.monotonic() + atHandFor });
  }

  /** A session is over: what was read in it is held in memory no longer. */
  drop(connectionId: string): void {
    this.#newest.delete(connectionId);
    this.#atHand.delete(connectionId);
  }

  async #keep(snapshot: ProfileSnapshot): Promise<ProfileSnapshot> {
    const { connectionId, takenAt, offers, sections } = snapshot;
    this.#newest.set(connectionId, snapshot);
    await this.#options.cache.write(connectionId, { takenAt, offers, sections });
    await this.#options.onRead(snapshot);
    return snapshot;
  }

  /** Falls back to the cache for any refusal: what was seen once stays viewable. */
  async #read(connectionId: string): Promise<ProfileSnapshot> {
    const found = this.#takeAtHand(connectionId);
    if (found) return found;
    try {
      return await this.refresh(connectionId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return await this.#readCached(connectionId, this.#options.sequence()).catch(() => {
        throw error;
      });
    }
  }

  /** Once, and not when it has grown old or something newer is known. */
  #takeAtHand(connectionId: string): ProfileSnapshot | undefined {
    const found = this.#atHand.get(connectionId);
    this.#atHand.delete(connectionId);
    const isGood =
      found && found.until > this.#options.clock.monotonic() && this.#newest.get(connectionId) === found.snapshot;
    return isGood ? found.snapshot : undefined;
  }

  async #readCached(connectionId: string, sequence: number): Promise<ProfileSnapshot> {
    if (!(await this.#options.mayShow(connectionId)))
      throw new AppError('unauthenticated', { reason: 'session-ended' });
    const entry = await this.#options.cache.read(connectionId);
    if (!entry) throw new AppError('not-found');
    return {
      connectionId,
      source: 'cache',
      takenAt: entry.takenAt,
      sequence,
      offers: entry.offers,
      sections: lockForOffline(entry.sections),
    };
  }

  async #update(input: ProfileUpdate): Promise<ProfileUpdateResult> {
    const { connectionId } = input;
    this.#atHand.delete(connectionId);
    const outcomes: Outcomes = {};
    for (const name of sectionNames) {
      const change = input[name];
      if (change) outcomes[name] = await this.#saveSection(connectionId, name, change);
    }
    const snapshot = await this.#read(connectionId);
    for (const name of sectionNames) judge(outcomes, snapshot, input, name);
    return { snapshot, outcomes };
  }

  async #saveSection<S extends SectionName>(
    connectionId: string,
    name: S,
    { changes, revision }: Change<S>,
  ): Promise<SectionOutcome> {
    try {
      if (this.#needsProof(connectionId, name, changes)) await this.#options.requireProof(connectionId);
      const saved = await this.#options.live.request(connectionId, (account) =>
        account.updateSection(name, changes, revision),
      );
      this.#saves.set(connectionId, (this.#saves.get(connectionId) ?? 0) + 1);
      await this.#keepSection(connectionId, name, saved);
      return { saved: true };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { saved: false, error: error.toShape() };
    }
  }

  /** As far as the provider has said so; it judges by itself as well. */
  #needsProof(connectionId: string, name: SectionName, changes: object): boolean {
    const access: Readonly<Record<string, FieldAccess>> = this.#newest.get(connectionId)?.sections[name].access ?? {};
    return Object.keys(changes).some((field) => {
      const each = access[field];
      return each?.kind === 'editable' && each.needsReauth === true;
    });
  }

  /** At once, because the read that follows may find the network gone: what was saved must not look undone. */
  async #keepSection<S extends SectionName>(connectionId: string, name: S, saved: SavedSection<S>): Promise<void> {
    const { cache } = this.#options;
    // What the provider has saved is saved, whether or not this computer can keep it.
    const entry = await cache.read(connectionId).catch(ignoreAppError);
    if (!entry) return;
    const sections = { ...entry.sections, [name]: { ...entry.sections[name], ...saved } };
    await cache.write(connectionId, { ...entry, sections });
  }

  /** One update of a connection after another: a second click then finds its change made, not a conflict. */
  #inTurn<T>(connectionId: string, act: () => Promise<T>): Promise<T> {
    const run = (this.#updates.get(connectionId) ?? Promise.resolve()).then(act);
    this.#updates.set(
      connectionId,
      run.catch(() => undefined),
    );
    return run;
  }
}

function ignoreAppError(error: unknown): undefined {
  if (!(error instanceof AppError)) throw error;
}

/**
 * A write whose answer got lost, or that was sent twice, is refused as stale although it was made. If the
 * provider now holds exactly what was sent, it is saved; if it can not be asked, nobody knows.
 */
function judge(outcomes: Outcomes, snapshot: ProfileSnapshot, input: ProfileUpdate, name: SectionName): void {
  const outcome = outcomes[name];
  if (!outcome || outcome.saved) return;
  if (snapshot.source !== 'provider') {
    outcomes[name] = { saved: false, error: toUnknown(outcome.error) };
    return;
  }
  const isUnclear = outcome.error.code === 'conflict' || outcome.error.code === 'offline';
  if (isUnclear && hasChanges(snapshot.sections[name].values, input[name]?.changes ?? {}))
    outcomes[name] = { saved: true };
}
