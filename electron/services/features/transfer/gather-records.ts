import type { TransferPart } from '../../../../shared/contract/transfer.ts';
import type { Comparison, Gathering } from '../../resources/portable-part.ts';
import type { DocumentChange, SealedStorage } from '../../vault/sealed-storage.ts';
import { gatherAccounts, type Place } from './account-match.ts';
import { ComparedRecords, conflictIdOf, type CompareDeps, type ComparedRecord } from './compare-records.ts';

export interface GatherDeps extends CompareDeps {
  readonly noteStaged: (accountId: string) => Promise<void>;
}

/** Gathers what is to be taken over. */
export class Gathered extends ComparedRecords {
  readonly #noteStaged: GatherDeps['noteStaged'];
  readonly #theirs: ReadonlySet<string>;
  readonly #accounts = gatherAccounts();
  readonly #gatherings = new Map<
    string,
    { readonly place: Place | undefined; readonly gathering: Gathering<unknown> }
  >();
  readonly #taken: Partial<Record<TransferPart, number>> = {};

  /**
   * `noteStaged`: something is about to be laid ready for an account. `theirs`: conflicts of which the file's
   * is taken; of all others, what is here stays.
   */
  constructor({ noteStaged, ...deps }: GatherDeps, theirs: ReadonlySet<string>) {
    super(deps);
    this.#noteStaged = noteStaged;
    this.#theirs = theirs;
  }

  get taken(): Partial<Record<TransferPart, number>> {
    return this.#taken;
  }

  protected onAccount(ref: number, place: Place, found: Comparison): void {
    if (!this.#takes('accounts', ref, found)) return;
    this.#accounts.take(place);
    this.#count('accounts');
  }

  protected async onRecord({ part, ref, place, record, found }: ComparedRecord): Promise<void> {
    if (!this.#takes(part.name, ref, found)) return;
    const key = `${part.name} ${String(ref)}`;
    const known = this.#gatherings.get(key) ?? { place, gathering: part.gather(place?.id ?? 'app') };
    this.#gatherings.set(key, known);
    if (part.isStreamed && place) await this.#noteStaged(place.id);
    await known.gathering.take(record);
    if (found.kind !== 'beside') this.#count(part.name);
  }

  /** Of accounts that were forgotten since nothing is written. Errors: those of the parts. */
  async changes(
    storage: Pick<SealedStorage, 'document'>,
    isKnown: (accountId: string) => boolean,
  ): Promise<readonly DocumentChange[]> {
    const changes = [...(await this.#accounts.changes(storage))];
    for (const { place, gathering } of this.#gatherings.values())
      if (!place?.here || isKnown(place.id)) changes.push(...(await gathering.changes(storage)));
    return changes;
  }

  /** All is taken over. Errors: those of the parts. */
  async written(storage: Pick<SealedStorage, 'document'>): Promise<void> {
    for (const { gathering } of this.#gatherings.values()) await gathering.written?.(storage);
  }

  /** Nothing is taken over: what was laid ready goes. Errors: those of the parts. */
  async drop(storage: Pick<SealedStorage, 'document'>): Promise<void> {
    for (const { gathering } of this.#gatherings.values()) await gathering.drop?.(storage);
  }

  #takes(part: TransferPart, ref: number, found: Comparison): boolean {
    if (found.kind === 'conflict') return this.#theirs.has(conflictIdOf(part, ref, found.key));
    return found.kind !== 'same';
  }

  #count(part: TransferPart): void {
    this.#taken[part] = (this.#taken[part] ?? 0) + 1;
  }
}
