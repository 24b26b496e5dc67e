import { sectionNames, type ProfileSnapshot, type ProfileUpdate, type SectionName, type SectionOutcome } from '../../../shared/contract/profile.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { ProfileCache } from '../cache/profile-cache.ts';
import type { LiveConnections } from '../connections/live-connections.ts';
import type { Clock } from '../ports.ts';
import type { ProfileSections, SavedSection, SectionChanges } from '../providers/provider.ts';
import { lockForOffline } from './lock-for-offline.ts';
import { hasChanges } from './has-changes.ts';

export interface ProfileOptions {
  readonly live: Pick<LiveConnections, 'request'>;
  readonly cache: ProfileCache;
  readonly clock: Clock;
  /** Whether what is kept of this connection may be shown now: it exists and was not signed out on purpose. */
  readonly mayShow: (connectionId: string) => Promise<boolean>;
  /** Every snapshot that came from the provider. */
  readonly onRead: (snapshot: ProfileSnapshot) => Promise<void>;
}

type Outcomes = Partial<Record<SectionName, SectionOutcome>>;

export interface ProfileService {
  readonly handlers: Handlers<AppContract>['profile'];
  /** Reads the profile from the provider, keeps it, and tells of it. Errors: those of the provider. */
  refresh(connectionId: string): Promise<ProfileSnapshot>;
}

export function createProfileService({ live, cache, clock, mayShow, onRead }: ProfileOptions): ProfileService {
  const updates = new Map<string, Promise<unknown>>();

  async function keep(connectionId: string, sections: ProfileSections): Promise<ProfileSnapshot> {
    const takenAt = new Date(clock.now()).toISOString();
    await cache.write(connectionId, { takenAt, sections });
    const snapshot: ProfileSnapshot = { connectionId, source: 'provider', takenAt, sections };
    await onRead(snapshot);
    return snapshot;
  }

  async function refresh(connectionId: string): Promise<ProfileSnapshot> {
    return keep(connectionId, await live.request(connectionId, (account) => account.readProfile()));
  }

  async function readCached(connectionId: string): Promise<ProfileSnapshot | undefined> {
    if (!(await mayShow(connectionId))) throw new AppError('unauthenticated', { reason: 'session-ended' });
    const entry = await cache.read(connectionId);
    return entry && { connectionId, source: 'cache', takenAt: entry.takenAt, sections: lockForOffline(entry.sections) };
  }

  /** Falls back to the cache for any refusal: what was seen once stays viewable. */
  async function get(connectionId: string, from: 'provider' | 'cache'): Promise<ProfileSnapshot> {
    if (from === 'cache') {
      const cached = await readCached(connectionId);
      if (!cached) throw new AppError('not-found');
      return cached;
    }
    try {
      return await refresh(connectionId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const cached = await readCached(connectionId);
      if (!cached) throw error;
      return cached;
    }
  }

  async function update(input: ProfileUpdate) {
    const { connectionId } = input;
    const outcomes: Outcomes = {};
    for (const name of sectionNames) {
      const change = input[name];
      if (change) outcomes[name] = await saveSection(connectionId, name, change);
    }
    const snapshot = await get(connectionId, 'provider');
    for (const name of sectionNames) forgiveRepeat(outcomes, snapshot, input, name);
    return { snapshot, outcomes };
  }

  async function saveSection<S extends SectionName>(
    connectionId: string,
    name: S,
    { changes, revision }: { readonly changes: SectionChanges[S]; readonly revision: string },
  ): Promise<SectionOutcome> {
    try {
      const saved = await live.request(connectionId, (account) => account.updateSection(name, changes, revision));
      await keepSection(connectionId, name, saved);
      return { saved: true };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { saved: false, error: error.toShape() };
    }
  }

  /** At once, because the read that follows may find the network gone: what was saved must not look undone. */
  async function keepSection<S extends SectionName>(connectionId: string, name: S, saved: SavedSection<S>): Promise<void> {
    const entry = await cache.read(connectionId);
    if (!entry) return;
    const sections = { ...entry.sections, [name]: { ...entry.sections[name], ...saved } };
    await cache.write(connectionId, { takenAt: entry.takenAt, sections });
  }

  /** One update of a connection after another: a second click then finds its change made, not a conflict. */
  function inTurn<T>(connectionId: string, act: () => Promise<T>): Promise<T> {
    const run = (updates.get(connectionId) ?? Promise.resolve()).then(act);
    const settled = run.catch(() => undefined);
    updates.set(connectionId, settled);
    return run;
  }

  return {
    handlers: {
      get: ({ connectionId, from }) => get(connectionId, from),
      update: (input) => inTurn(input.connectionId, () => update(input)),
    },
    refresh,
  };
}

/**
 * A write whose answer got lost, or that was sent twice, is refused as stale although it was made. If the
 * provider now holds exactly what was sent, it is saved.
 */
function forgiveRepeat(outcomes: Outcomes, snapshot: ProfileSnapshot, input: ProfileUpdate, name: SectionName): void {
  const outcome = outcomes[name];
  if (!outcome || outcome.saved || snapshot.source !== 'provider') return;
  const isUnclear = outcome.error.code === 'conflict' || outcome.error.code === 'offline';
  if (isUnclear && hasChanges(snapshot.sections[name].values, input[name]?.changes ?? {})) outcomes[name] = { saved: true };
}
