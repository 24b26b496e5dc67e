import type { ApplicationsSnapshot } from '../../../../shared/contract/applications.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import type { SnapshotHead } from '../../core/snapshot-heads.ts';
import type { AccountApplications, ApplicationFacts } from '../../provider/account-applications.ts';
import { confirmOutcome } from '../../provider/outcome.ts';
import { AccountState, type AccountStateDeps } from '../../resources/account-state.ts';
import { CachedResource, type ResourceDeps } from '../../resources/cached-resource.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { createApplicationsDocument, type CachedApplications } from './applications-document.ts';

export interface ApplicationsDeps
  extends AccountStateDeps, Omit<ResourceDeps<AccountApplications, CachedApplications>, 'states'> {
  readonly storage: SealedStorage;
  readonly events: Pick<ServiceEmitter, 'on'>;
  readonly emit: Emit<'applications.changed'>;
}

/** Applications of others with access to an account: listed, and their access withdrawn (R4). */
export function createApplicationsService(deps: ApplicationsDeps): Handlers<AppContract>['applications'] {
  const { storage, signedIn, events, emit } = deps;
  const states = new AccountState(deps, createApplicationsDocument(storage));
  events.on('forgotten', ({ accountId }) => states.erase(accountId));
  const list = new CachedResource<
    AccountApplications,
    readonly ApplicationFacts[],
    CachedApplications,
    ApplicationsSnapshot
  >(
    { ...deps, states },
    {
      ask: (account) => account.readApplications(),
      get: (cached) => cached,
      set: (_cached, reading) => reading,
      show: toSnapshot,
    },
  );

  /** It is withdrawn, whether or not the list can be read afterwards. */
  async function readWithout(accountId: string, id: string): Promise<ApplicationsSnapshot> {
    try {
      return await list.refresh(accountId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const without = (cached: CachedApplications) =>
        cached && { ...cached, state: cached.state.filter((each) => each.id !== id) };
      return list.readStale(accountId, without).catch(() => {
        throw error;
      });
    }
  }

  return {
    list: ({ accountId, from }) => list.read(accountId, from),
    async withdraw({ accountId, applicationId }) {
      await confirmOutcome(
        () => signedIn.request(accountId, (account) => account.withdrawApplication(applicationId)).then(() => true),
        async () => isWithdrawn(await list.ask(accountId), applicationId) || undefined,
      );
      list.markChanged(accountId);
      const snapshot = await readWithout(accountId, applicationId);
      emit('applications.changed', snapshot);
      return snapshot;
    },
  };
}

function isWithdrawn(applications: readonly ApplicationFacts[], id: string): boolean {
  return applications.every((each) => each.id !== id || !each.canWithdraw);
}

function toSnapshot(head: SnapshotHead, applications: readonly ApplicationFacts[]): ApplicationsSnapshot {
  return {
    ...head,
    applications: applications.map((each) => ({ ...each, grants: [...each.grants] })).toSorted(byUse),
  };
}

function byUse(a: ApplicationFacts, b: ApplicationFacts): number {
  return Number(b.canWithdraw) - Number(a.canWithdraw) || a.name.localeCompare(b.name);
}
