import { SerialQueue } from '../core/serial-queue.ts';
import type { Clock } from '../ports.ts';
import type { Refusals } from '../provider/tokens.ts';
import { createAccountDocuments } from '../vault/account-documents.ts';
import type { SealedStorage } from '../vault/sealed-storage.ts';
import { refusalsSpec, type StoredRefusal } from './tokens.stored.ts';

/**
 * What services refused, remembered with each account for a day: so the same is locked after a restart, and nobody has
 * to be refused once more to know. A new sign-in, and another version of the app, begin with none.
 */
export interface AccountRefusals {
  /** Never fails: what cannot be opened is not there. */
  load(accountId: string): Promise<Refusals>;
  remove(accountId: string): Promise<void>;
}

export interface AccountRefusalsDeps {
  readonly storage: SealedStorage;
  readonly clock: Pick<Clock, 'now'>;
  /** Of this app: another one may ask otherwise. */
  readonly version: string;
  /** Runs a write whose failure is told of elsewhere. */
  readonly tolerate: (write: () => Promise<unknown>) => Promise<unknown>;
  /** Something was refused that was not known to be. */
  readonly onNoted: (accountId: string) => void;
}

const dayMs = 86_400_000;
/** Of one account; no service has as many operations. */
const maxRefusals = 200;

export function createAccountRefusals(deps: AccountRefusalsDeps): AccountRefusals {
  const { storage, clock, version: appVersion, tolerate, onNoted } = deps;
  const documents = createAccountDocuments(storage, refusalsSpec);
  const queue = new SerialQueue();
  /** Those in use, by account: what an earlier sign-in still notes is kept nowhere. */
  const inUse = new Map<string, Refusals>();
  /** A clock that was set back makes none older than it is. */
  const isFresh = ({ at }: StoredRefusal) => at <= clock.now() && clock.now() - at < dayMs;

  return {
    async load(accountId) {
      const stored = await documents.read(accountId).catch(() => undefined);
      let noted: readonly StoredRefusal[] = stored?.appVersion === appVersion ? stored.refusals : [];
      const write = () =>
        queue.run(accountId, async () => {
          if (inUse.get(accountId) !== refusals) return;

          await tolerate(() => documents.write(accountId, { version: 1, appVersion, refusals: [...noted] }));
        });
      const refusals: Refusals = {
        has: (what, mark = '') => noted.some((each) => each.what === what && each.mark === mark && isFresh(each)),
        note(what, mark = '') {
          if (refusals.has(what, mark)) return;
          const others = noted.filter((each) => isFresh(each) && each.what !== what);
          noted = [...others, { what, mark, at: clock.now() }].slice(-maxRefusals);
          void write();
          onNoted(accountId);
        },
      };
      inUse.set(accountId, refusals);
      return refusals;
    },
    remove: (accountId) =>
      queue.run(accountId, async () => {
        inUse.delete(accountId);
        await tolerate(() => documents.remove(accountId));
      }),
  };
}
