import { AppError, type ErrorCode } from '../../../../../shared/contract/errors.ts';
import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import type { AddResult, AskedOrigin, KeyOrigin } from '../../../../../shared/contract/keys/ssh-keys.ts';
import { toUnknownOutcome } from '../../../provider/outcome.ts';
import type { SshKeyFacts } from '../../../provider/account-ssh-keys.ts';
import { type PrivateKey, type PublicKey, toPublicLine } from '../../../../../ssh-keys/index.ts';
import type { BatchEntry, ImportBatch } from './import-batch.ts';
import { isGood } from './import-row.ts';

export interface RowToAdd {
  readonly rowId: string;
  readonly title: string;
  readonly keepPrivate: boolean;
  /** What the person was asked about, and said yes to. */
  readonly saidYesTo?: AskedOrigin | undefined;
}

export interface AddRowsDeps {
  /** Whose key each row has, by its id. */
  readonly origins: ReadonlyMap<string, KeyOrigin | null>;
  /** Errors: those of the provider. */
  readonly addKey: (title: string, publicLine: string) => Promise<SshKeyFacts>;
  readonly keep: (key: PrivateKey) => Promise<void>;
  /** Called now and then while it goes on. */
  readonly onProgress: () => Promise<void>;
}

export interface AddedRows {
  readonly results: AddResult[];
  readonly added: readonly SshKeyFacts[];
}

/** After these every further row would be refused as well. */
const final = new Set<ErrorCode>([
  'reauth-required',
  'forbidden',
  'not-offered',
  'unauthenticated',
  'mfa-required',
  'offline',
  'rate-limited',
  'key-store-unavailable',
]);
const rowsBetweenNews = 20;

/** Gives the public halves of rows to the provider, one after another, and keeps private halves where asked. */
export async function addRows(
  batch: ImportBatch,
  rows: readonly RowToAdd[],
  { origins, addKey, keep, onProgress }: AddRowsDeps,
): Promise<AddedRows> {
  const results: AddResult[] = [];
  const added: SshKeyFacts[] = [];
  let stopped: ErrorShape | undefined;

  async function add(asked: RowToAdd): Promise<AddResult> {
    const { rowId, title, keepPrivate } = asked;
    const refuse = (error: ErrorShape): AddResult => ({ rowId, error, keepError: null });
    if (stopped) return refuse(stopped);
    const entry = batch.get(rowId);
    if (!entry || !isAddable(entry)) return refuse({ code: entry ? 'invalid-request' : 'not-found' });
    const stranger = refuseStranger(asked, origins.get(rowId) ?? null, rows.length);
    if (stranger) return refuse(stranger);
    try {
      added.push(await addKey(title.trim() || entry.row.title, toPublicLine(entry.publicKey, '')));
    } catch (error) {
      const shape = shapeOf(error);
      if (final.has(shape.code) || shape.reason === 'limit-reached') stopped = shape;
      return refuse(toUnknownOutcome(shape));
    }
    batch.markAdded(rowId);
    const keepError = keepPrivate && entry.privateKey ? await attempt(keep(entry.privateKey)) : null;
    return { rowId, error: null, keepError };
  }

  for (const row of rows) {
    results.push(await add(row));
    if (results.length % rowsBetweenNews === 0) await onProgress();
  }
  await onProgress();
  return { results, added };
}

function isAddable(entry: BatchEntry): entry is BatchEntry & { readonly publicKey: PublicKey } {
  return entry.publicKey !== null && isGood(entry.row);
}

/** K6: what may be somebody else's key is added by itself, after a question about just that; a server's never. */
function refuseStranger({ saidYesTo }: RowToAdd, origin: KeyOrigin | null, count: number): ErrorShape | undefined {
  if (origin === 'own') return undefined;
  if (origin === null || origin === 'known-hosts') return { code: 'invalid-request', reason: 'host-key' };
  return saidYesTo === origin && count === 1 ? undefined : { code: 'invalid-request', reason: 'not-known-as-own' };
}

async function attempt(act: Promise<void>): Promise<ErrorShape | null> {
  return act.then(() => null, shapeOf);
}

/** Errors that nobody foresaw belong into the log, with a reference. */
function shapeOf(error: unknown): ErrorShape {
  if (error instanceof AppError) return error.toShape();
  throw error;
}
