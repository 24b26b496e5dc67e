import { randomUUID } from 'node:crypto';
import { maxAccounts } from '../../../../shared/contract/account/accounts.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { readAccounts } from '../../accounts/account-registry.ts';
import { accountsSpec, toFile, type StoredAccount } from '../../accounts/accounts.stored.ts';
import type { Targets } from '../../accounts/targets/targets.ts';
import type { Gathering } from '../../resources/portable-part.ts';
import { FileProblem } from './file/file-problem.ts';
import type { AccountRecord } from './records.ts';

/** Where an account of a file is to be on this computer. */
export interface Place {
  readonly id: string;
  readonly record: AccountRecord;
  /** It is here already. */
  readonly here: StoredAccount | undefined;
}

/** The same person at the same service; somebody else there is another account. */
function isSameAccount(stored: StoredAccount, { kind, address, personId }: AccountRecord): boolean {
  const { target } = stored;
  return (
    stored.kind === kind && stored.personId === personId && target.kind === 'address' && target.address === address
  );
}

export interface PlacesDeps {
  /** Those here. */
  readonly accounts: readonly StoredAccount[];
  readonly targets: Pick<Targets, 'normalise'>;
}

/** Finds a place for each account of a file, one after another. */
export class Places {
  readonly #accounts: PlacesDeps['accounts'];
  readonly #targets: PlacesDeps['targets'];
  readonly #found = new Map<number, Place>();

  constructor({ accounts, targets }: PlacesDeps) {
    this.#accounts = accounts;
    this.#targets = targets;
  }

  /** Errors: FileProblem, for one that stands in the file twice, or at an address that nobody could have typed. */
  add(ref: number, record: AccountRecord): Place {
    if (!this.#isPlain(record.address)) throw new FileProblem('wrong-content');
    const here = this.#accounts.find((stored) => isSameAccount(stored, record));
    const isTwice = [...this.#found.values()].some(({ record: other }) => isSame(other, record));
    if (isTwice) throw new FileProblem('wrong-content');
    const added = here ? 0 : 1 + this.all().filter((place) => !place.here).length;
    if (this.#accounts.length + added > maxAccounts) throw new FileProblem('too-much');
    const place = { id: here?.id ?? randomUUID(), record, here };
    this.#found.set(ref, place);
    return place;
  }

  /** Undefined for 0: it belongs to the app. */
  get(ref: number): Place | undefined {
    return this.#found.get(ref);
  }

  all(): readonly Place[] {
    return [...this.#found.values()];
  }

  #isPlain(address: string): boolean {
    try {
      const target = this.#targets.normalise({ kind: 'address', address });
      return target.kind === 'address' && target.address === address;
    } catch {
      return false;
    }
  }
}

function isSame(a: AccountRecord, b: AccountRecord): boolean {
  return a.kind === b.kind && a.address === b.address && a.personId === b.personId;
}

/** Accounts that are new here, and app ids at services that were chosen from the file. */
export function gatherAccounts(): Pick<Gathering<Place>, 'changes'> & { take(place: Place): void } {
  const taken: Place[] = [];
  return {
    take: (place) => void taken.push(place),
    async changes(storage) {
      if (taken.length === 0) return [];
      const { accounts, currentId } = await readAccounts(storage);
      const byId = new Map(taken.map((place) => [place.id, place]));
      const known = accounts.map((stored) => withClientId(stored, byId.get(stored.id)));
      const added = taken.filter(({ here }) => !here);
      // Somebody signed in to it meanwhile: what was compared is not what is here.
      if (added.some(({ record }) => accounts.some((stored) => isSameAccount(stored, record))))
        throw new AppError('conflict');
      const next = { accounts: [...known, ...added.map(toStored)], currentId: currentId ?? added[0]?.id ?? null };
      return [{ spec: accountsSpec, value: toFile(next) }];
    },
  };
}

function withClientId(stored: StoredAccount, place: Place | undefined): StoredAccount {
  const { clientId } = place?.record ?? {};
  return clientId === undefined ? stored : { ...stored, clientId };
}

/** Signed out: no file holds what signs anybody in. */
function toStored({ id, record }: Place): StoredAccount {
  const { kind, address, providerName, personId, name, email, clientId } = record;
  return {
    ...{ id, kind, providerName, personId },
    target: { kind: 'address', address },
    person: { name, email, avatar: null },
    isSignedOut: true,
    isImported: true,
    ...(clientId !== undefined && { clientId }),
  };
}
