import type { ActivityEntry } from '../../../../shared/contract/activity.ts';
import type { Settings } from '../../../../shared/contract/settings.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { AccountRegistry } from '../../accounts/account-registry.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import { nameFile } from '../../files/secret-file.ts';
import type { Ports } from '../../ports.ts';
import type { ProviderAccount } from '../../provider/provider.ts';
import type { AccountStateDeps } from '../../resources/account-state.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { createActivityDocuments } from './activity-documents.ts';
import { countEntries, nextNumber } from './activity-head.ts';
import { ActivityLog } from './activity-log.ts';
import { ActivityRecorder } from './activity-recorder.ts';
import { watchAccount } from './acts/watch-account.ts';
import type { ReadAgent } from './compare/to-readings.ts';
import { toCsv, toJson } from './export-entries.ts';
import { createMatch } from './find-entries.ts';
import { watchNews } from './news.ts';

export interface ActivityDeps extends AccountStateDeps {
  readonly ports: Pick<Ports, 'clock' | 'log' | 'notifier' | 'filePicker'>;
  readonly storage: SealedStorage;
  readonly registry: Pick<AccountRegistry, 'all' | 'get' | 'mustShow'>;
  readonly events: Pick<ServiceEmitter, 'on'>;
  readonly emit: Emit<'activity.changed'>;
  readonly settings: () => Settings;
  readonly readAgent: ReadAgent;
}

/** What of an account is read to compare it; whether the provider itself gave it. Errors: AppError. */
export type AreaReader = (accountId: string) => Promise<{ readonly source: 'provider' | 'cache' }>;

interface AreaReaders {
  readonly all: readonly AreaReader[];
  /** Those that can bring a new session or key. */
  readonly news: readonly AreaReader[];
}

export interface Activity {
  /** Notes what an account reads and does from now on. */
  watch(accountId: string, account: ProviderAccount): ProviderAccount;
  /** The handlers, once it is known how everything is read; from then on it also looks for news by itself. */
  start(readers: AreaReaders): Handlers<AppContract>['activity'];
  /** Another limit counts, for all accounts. Errors: AppError storage-fault, key-store-unavailable. */
  applyLimit(): Promise<void>;
  /** How many entries there are of an account. Errors: as applyLimit. */
  count(accountId: string): Promise<number>;
  /** Once all that was noted so far is written. */
  idle(): Promise<void>;
}

/** Wires together what was changed, by whom, and how it is kept (X4). */
export function createActivity(deps: ActivityDeps): Activity {
  const { ports, events, registry, settings } = deps;
  const limit = () => settings().activityLimit;
  const log = new ActivityLog({ ...deps, documents: createActivityDocuments(deps.storage), limit, log: ports.log });
  let tellNews: ReturnType<typeof watchNews>['tell'] | undefined;
  const recorder = new ActivityRecorder({
    ...{ log, clock: ports.clock, readAgent: deps.readAgent },
    onNoted: (accountId) => void emitChanged(accountId),
    onChanges: (accountId, changes) => void tellNews?.(accountId, changes).catch(() => undefined),
  });

  async function emitChanged(accountId: string): Promise<void> {
    const head = await log.head(accountId).catch(() => undefined);
    if (head) deps.emit('activity.changed', { accountId, newest: nextNumber(head) });
  }

  events.on('profile-read', (snapshot) => recorder.noteProfile(snapshot));
  events.on('signed-in', ({ accountId }) =>
    recorder.noteAct(accountId, { act: 'account.signIn', area: 'account' }, { made: undefined }),
  );
  events.on('forgotten', ({ accountId }) => log.erase(accountId));
  events.on('import-over', ({ accountId }) => log.tidy(accountId));
  return {
    watch: (accountId, account) => watchAccount(account, recorder.listenerOf(accountId)),
    start(readers) {
      const isWished = () => settings().notifyOfNew;
      const read = (accountId: string) => readAll(readers.news, accountId);
      const news = watchNews({ ...ports, registry, isWished, read });
      tellNews = news.tell;
      events.on('closing', async () => {
        news.stop();
        await log.idle();
      });
      return createHandlers({ ...deps, log, recorder, readers, emitChanged });
    },
    async applyLimit() {
      const { accounts } = await registry.all();
      for (const { id } of accounts) {
        await log.applyLimit(id);
        await emitChanged(id);
      }
    },
    count: async (accountId) => countEntries(await log.head(accountId), limit()),
    idle: () => log.idle(),
  };
}

interface HandlerDeps extends ActivityDeps {
  readonly log: ActivityLog;
  readonly recorder: ActivityRecorder;
  readonly readers: AreaReaders;
  readonly emitChanged: (accountId: string) => Promise<void>;
}

function createHandlers(deps: HandlerDeps): Handlers<AppContract>['activity'] {
  const { log, recorder, readers, registry, ports, emitChanged } = deps;

  return {
    async list({ accountId, before, limit, filter }) {
      await registry.mustShow(accountId);
      const { entries, next, total, head } = await log.page(accountId, { before, limit, matches: createMatch(filter) });
      const comparedAt = recorder.comparedAt(accountId, head);
      return { accountId, entries: [...entries], next, total, seenUpTo: head.seenUpTo, comparedAt };
    },
    async look({ accountId }) {
      await registry.mustShow(accountId);
      return { isWhole: await readAll(readers.all, accountId) };
    },
    async markSeen({ accountId }) {
      await registry.mustShow(accountId);
      await log.change(accountId, (head) =>
        head.seenUpTo === nextNumber(head) ? head : { ...head, seenUpTo: nextNumber(head) },
      );
      return {};
    },
    async clear({ accountId }) {
      await registry.mustShow(accountId);
      await log.clear(accountId);
      await emitChanged(accountId);
      return {};
    },
    async exportEntries({ accountId, format }) {
      await registry.mustShow(accountId);
      const { providerName } = await registry.get(accountId);
      const all: ActivityEntry[] = [];
      for await (const part of log.all(accountId)) all.push(...part);
      const newestFirst = all.toReversed();
      const content = format === 'csv' ? toCsv(newestFirst) : toJson(newestFirst);
      const file = await ports.filePicker.save({ suggestedName: nameFile('activity', providerName, format), content });
      return { file, count: all.length };
    },
  };
}

/** Whether each gave an answer of the provider's, or is not there at all. */
async function readAll(readers: readonly AreaReader[], accountId: string): Promise<boolean> {
  const outcomes = await Promise.allSettled(readers.map((read) => read(accountId)));
  return outcomes.every((outcome) => {
    if (outcome.status === 'fulfilled') return outcome.value.source === 'provider';
    if (!(outcome.reason instanceof AppError)) throw outcome.reason;
    return outcome.reason.code === 'not-offered';
  });
}
