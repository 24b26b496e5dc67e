import type { TransferConflict, TransferPart, TransferPreview } from '../../../../shared/contract/transfer.ts';
import type { Comparer, Comparison, PortablePart } from '../../resources/portable-part.ts';
import { Places, type Place, type PlacesDeps } from './account-match.ts';
import { FileProblem } from './file/file-problem.ts';
import { check, maxGatheredBytes, type About, type AccountRecord, type RecordSink } from './records.ts';

/** As many as the person is shown. */
const maxConflicts = 200;

export interface CompareDeps extends PlacesDeps {
  readonly parts: ReadonlyMap<string, PortablePart>;
}

/** What each record of a file meets here, told once for whoever counts and once for whoever takes. */
export abstract class ComparedRecords implements RecordSink {
  readonly #parts: CompareDeps['parts'];
  readonly #comparers = new Map<string, Comparer<unknown>>();
  /** Names of records: what is remembered here counts as gathered. */
  readonly #names = new Set<string>();
  #gathered = 0;
  protected readonly places: Places;

  constructor({ parts, ...deps }: CompareDeps) {
    this.#parts = parts;
    this.places = new Places(deps);
  }

  async account(ref: number, record: AccountRecord): Promise<void> {
    const place = this.places.add(ref, record);
    // All of those before were told of.
    this.#comparers.clear();
    await this.onAccount(ref, place, compareAccount(place));
  }

  async part(ref: number, name: string, value: unknown, bytes: number): Promise<void> {
    const part = this.#parts.get(name);
    const place = this.places.get(ref);
    if (!part || (part.name === 'settings') !== (ref === 0)) throw new FileProblem('wrong-content');
    const record = check(part.schema, value);
    if (!part.isStreamed) this.#gathered += bytes;
    if (this.#gathered > maxGatheredBytes) throw new FileProblem('too-much');
    this.#refuseTwice(part, ref, record);
    const comparer = await this.#comparerOf(part, ref, place);
    await this.onRecord({ part, ref, place, record, found: comparer.of(record) });
  }

  /** No app writes two of one name, and nobody could say which of them counts. Errors: FileProblem. */
  #refuseTwice(part: PortablePart, ref: number, record: unknown): void {
    const key = part.keyOf?.(record);
    if (key === undefined) return;
    const name = JSON.stringify([part.name, ref, key]);
    if (this.#names.has(name)) throw new FileProblem('wrong-content');
    this.#names.add(name);
  }

  /** Nothing is here of an account that is not. */
  async #comparerOf(part: PortablePart, ref: number, place: Place | undefined): Promise<Comparer<unknown>> {
    const key = `${part.name} ${String(ref)}`;
    const known = this.#comparers.get(key);
    if (known) return known;
    const comparer = await part.compare(place?.id ?? 'app');
    this.#comparers.set(key, comparer);
    return comparer;
  }

  protected abstract onAccount(ref: number, place: Place, found: Comparison): void | Promise<void>;
  protected abstract onRecord(record: ComparedRecord): void | Promise<void>;
}

export interface ComparedRecord {
  readonly part: PortablePart;
  readonly ref: number;
  readonly place: Place | undefined;
  readonly record: unknown;
  readonly found: Comparison;
}

/** The id of this app at the service is all that can differ. */
function compareAccount({ here, record }: Place): Comparison {
  if (!here) return { kind: 'fresh' };
  if (record.clientId === undefined || record.clientId === here.clientId) return { kind: 'same' };
  return {
    ...{ kind: 'conflict', key: 'clientId', what: '' },
    mine: here.clientId ?? '',
    theirs: record.clientId,
  };
}

/** The same each time that the file is read. */
export function conflictIdOf(part: TransferPart, ref: number, key: string): string {
  return `${part} ${String(ref)} ${key}`;
}

/** Counts, for the preview. */
export class Preview extends ComparedRecords {
  readonly #fresh: Partial<Record<TransferPart, number>> = {};
  readonly #same: Partial<Record<TransferPart, number>> = {};
  readonly #conflicts: TransferConflict[] = [];
  #moreConflicts = 0;

  protected onAccount(ref: number, place: Place, found: Comparison): void {
    this.#note('accounts', ref, place, found);
  }

  protected onRecord({ part, ref, place, found }: ComparedRecord): void {
    this.#note(part.name, ref, place, found);
  }

  value({ version, computer, at }: About): TransferPreview {
    return {
      from: { version, computer, at },
      accounts: this.places.all().map((place) => ({ ...labelOf(place), isHere: place.here !== undefined })),
      fresh: this.#fresh,
      same: this.#same,
      conflicts: this.#conflicts,
      moreConflicts: this.#moreConflicts,
    };
  }

  #note(part: TransferPart, ref: number, place: Place | undefined, found: Comparison): void {
    if (found.kind === 'fresh') this.#fresh[part] = (this.#fresh[part] ?? 0) + 1;
    if (found.kind === 'same') this.#same[part] = (this.#same[part] ?? 0) + 1;
    if (found.kind !== 'conflict') return;
    if (this.#conflicts.length >= maxConflicts) {
      this.#moreConflicts += 1;
      return;
    }
    const { key, what, mine, theirs, isWeaker = false } = found;
    this.#conflicts.push({
      ...{ conflictId: conflictIdOf(part, ref, key), part },
      account: place ? labelOf(place) : null,
      what: shortened(what),
      mine: shortened(mine),
      theirs: shortened(theirs),
      isWeaker,
    });
  }
}

function labelOf({ record: { providerName, address, name, email } }: Place) {
  return { providerName, address, name, email };
}

const maxText = 1_000;
const shortened = (text: string): string => (text.length > maxText ? `${text.slice(0, maxText - 1)}…` : text);
