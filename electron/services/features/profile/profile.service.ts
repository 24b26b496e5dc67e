import {
  sectionNames,
  type FieldAccess,
  type ProfileSnapshot,
  type ProfileUpdate,
  type ProfileUpdateResult,
  type SectionName,
  type SectionOutcome,
} from '../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { KnownSection } from '../../../../shared/profile-fields.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { CachedProfile } from './profile-cache.ts';
import { toUnknownOutcome } from '../../provider/outcome.ts';
import type { Clock } from '../../ports.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import type { AccountState } from '../../resources/account-state.ts';
import { CachedResource, type ResourceDeps } from '../../resources/cached-resource.ts';
import type {
  ProviderAccount,
  ProfileChanges,
  ProfileReading,
  SavedSection,
  SavedSections,
} from '../../provider/provider.ts';
import { lockForOffline, lockOperations } from './lock-for-offline.ts';
import { toOffers } from './to-offers.ts';
import { hasChanges } from './has-changes.ts';

export type ProfileAccount = Pick<ProviderAccount, 'readProfile' | 'updateSection' | 'updateMore' | 'updateRecord'>;

export interface ProfileDeps extends ResourceDeps<ProfileAccount, CachedProfile> {
  readonly states: AccountState<CachedProfile>;
  readonly clock: Clock;
  /** Stands before what is dangerous (E12). Errors: reauth-required; those of asking the provider. */
  readonly requireProof: (accountId: string) => Promise<void>;
  /** Every snapshot that came from the provider. */
  readonly onRead: (snapshot: ProfileSnapshot) => Promise<void>;
}

/** From a sign-in to the screen that shows the profile. */
const atHandMs = 10_000;

type Sections = ProfileSnapshot['sections'];
type Outcomes = Partial<Record<SectionName, SectionOutcome>>;

/** One person's profile: read with the cache behind it, written section by section. */
export class ProfileService {
  readonly #deps: ProfileDeps;
  readonly #resource: CachedResource<ProfileAccount, ProfileReading, CachedProfile, ProfileSnapshot>;
  /** One update of an account after another: a second click then finds its change made, not a conflict. */
  readonly #queue = new SerialQueue();
  /** The number of the last reading, by account. */
  readonly #newest = new Map<string, number>();
  /** Read by a sign-in, for the first who asks. */
  readonly #atHand = new Map<string, { readonly snapshot: ProfileSnapshot; readonly until: number }>();

  constructor(deps: ProfileDeps) {
    this.#deps = deps;
    this.#resource = new CachedResource(deps, {
      ask: (account) => account.readProfile(),
      get: (cached) => cached,
      set: (_kept, reading) => reading,
      show: (head, { operations, sections }) => ({
        ...head,
        offers: toOffers(operations),
        operations: head.source === 'cache' ? lockOperations(operations) : operations,
        sections: head.source === 'cache' ? lockForOffline(sections) : sections,
      }),
      onRead: (snapshot) => {
        this.#newest.set(snapshot.accountId, snapshot.sequence);
        return deps.onRead(snapshot);
      },
    });
  }

  readonly handlers: Handlers<AppContract>['profile'] = {
    get: async ({ accountId, from }) =>
      (from === 'provider' && this.#takeAtHand(accountId)) || this.#resource.read(accountId, from),
    update: (input) => this.#queue.run(input.accountId, () => this.#update(input)),
  };

  /** Reads the profile from the provider, keeps it, and tells of it. Errors: those of the provider. */
  refresh(accountId: string): Promise<ProfileSnapshot> {
    return this.#resource.refresh(accountId);
  }

  /** Keeps what a sign-in has read, so that the screen that follows asks for nothing twice. */
  async acceptReading(accountId: string, reading: ProfileReading): Promise<void> {
    const snapshot = await this.#resource.accept(accountId, reading);
    this.#atHand.set(accountId, { snapshot, until: this.#deps.clock.monotonic() + atHandMs });
  }

  /** A session is over: what was read in it is held in memory no longer. */
  clear(accountId: string): void {
    this.#atHand.delete(accountId);
    this.#deps.states.evict(accountId);
  }

  /** Once, and not when it has grown old or something newer is known. */
  #takeAtHand(accountId: string): ProfileSnapshot | undefined {
    const found = this.#atHand.get(accountId);
    this.#atHand.delete(accountId);
    const isNewest = found?.snapshot.sequence === this.#newest.get(accountId);
    return found && isNewest && found.until > this.#deps.clock.monotonic() ? found.snapshot : undefined;
  }

  async #update(input: ProfileUpdate): Promise<ProfileUpdateResult> {
    const { accountId, ...changes } = input;
    this.#atHand.delete(accountId);
    const outcomes: Outcomes = {};
    for (const name of sectionNames) {
      if (changes[name] && !outcomes[name]) Object.assign(outcomes, await this.#save(accountId, name, changes));
    }
    const snapshot = await this.#resource.read(accountId, 'provider');
    for (const name of sectionNames) judge(outcomes, snapshot, input, name);
    return { snapshot, outcomes };
  }

  /** The section `first`, and with it all that are parts of the same record. */
  async #save(accountId: string, first: SectionName, changes: ProfileChanges): Promise<Outcomes> {
    let names = [first];
    try {
      await this.#requireProof(accountId, names, changes);
      const saved = await this.#deps.signedIn.request(accountId, async (account) => {
        if (!account.updateRecord) return saveSection(account, first, changes);
        names = sectionNames.filter((name) => changes[name]);
        await this.#requireProof(accountId, names, changes);
        return account.updateRecord(changes);
      });
      this.#resource.markChanged(accountId);
      await this.#keepSections(accountId, saved);
      return toOutcomes(names, (name) =>
        saved[name] ? { saved: true } : { saved: false, error: { code: 'conflict' } },
      );
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return toOutcomes(names, () => ({ saved: false, error: error.toShape() }));
    }
  }

  /** As far as the provider has said so; it judges by itself as well. */
  async #requireProof(accountId: string, names: readonly SectionName[], changes: ProfileChanges): Promise<void> {
    const known = await this.#deps.states.read(accountId).catch(ignoreAppError);
    const isGuarded = names.some((name) => {
      const access: Readonly<Record<string, FieldAccess>> = known?.state.sections[name].access ?? {};
      return Object.keys(changes[name]?.changes ?? {}).some((field) => needsReauth(access[field]));
    });
    if (isGuarded) await this.#deps.requireProof(accountId);
  }

  /** At once, because the read that follows may find the network gone: what was saved must not look undone. */
  async #keepSections(accountId: string, saved: SavedSections): Promise<void> {
    await this.#deps.states.note(accountId, (cached) => {
      if (!cached) return cached;
      const { operations, sections } = cached.state;
      return { ...cached, state: { operations, sections: withSaved(sections, saved) } };
    });
  }
}

function withSaved(
  { user, workplace, notifications, contact, avatar, more }: Sections,
  saved: SavedSections,
): Sections {
  return {
    user: { ...user, ...saved.user },
    workplace: { ...workplace, ...saved.workplace },
    notifications: { ...notifications, ...saved.notifications },
    contact: { ...contact, ...saved.contact },
    avatar: { ...avatar, ...saved.avatar },
    more: { ...more, ...saved.more },
  };
}

function needsReauth(access: FieldAccess | undefined): boolean {
  return access?.kind === 'editable' && access.needsReauth === true;
}

/** A provider with a record for each section describes no fields. */
async function saveSection(
  account: ProfileAccount,
  name: SectionName,
  changes: ProfileChanges,
): Promise<SavedSections> {
  if (name === 'more') return { more: await saveMore(account, changes) };
  return { [name]: await saveKnown(account, name, changes) };
}

function saveMore(account: ProfileAccount, { more }: ProfileChanges): Promise<SavedSection<'more'>> {
  if (!account.updateMore) throw new AppError('not-offered');
  return account.updateMore(more?.changes ?? {}, more?.revision ?? '');
}

function saveKnown<S extends KnownSection>(
  account: ProfileAccount,
  name: S,
  all: ProfileChanges,
): Promise<SavedSection<S>> {
  const { changes = {}, revision = '' } = all[name] ?? {};
  return account.updateSection(name, changes, revision);
}

function toOutcomes(names: readonly SectionName[], outcomeOf: (name: SectionName) => SectionOutcome): Outcomes {
  return Object.fromEntries(names.map((name) => [name, outcomeOf(name)]));
}

function ignoreAppError(error: unknown): undefined {
  if (!(error instanceof AppError)) throw error;
}

/**
 * A write whose answer got lost, or that was sent twice, is refused as stale although it was made. If the
 * provider now holds exactly what was sent, it is saved; if it cannot be asked, nobody knows.
 */
function judge(outcomes: Outcomes, snapshot: ProfileSnapshot, input: ProfileUpdate, name: SectionName): void {
  const outcome = outcomes[name];
  if (!outcome || outcome.saved) return;
  if (snapshot.source !== 'provider') {
    outcomes[name] = { saved: false, error: toUnknownOutcome(outcome.error) };
    return;
  }
  const mayBeSaved = outcome.error.code === 'conflict' || outcome.error.code === 'offline';
  if (mayBeSaved && hasChanges(snapshot.sections[name].values, input[name]?.changes ?? {}))
    outcomes[name] = { saved: true };
}
