import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { TransferOverview, TransferPart, TransferProblem } from '../../../../shared/contract/transfer.ts';
import { maxTransferBytes } from '../../../../shared/contract/transfer.ts';
import { checkPassphrase } from '../../../../shared/passphrase.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import { localDay } from '../../../../shared/rules/local-day.ts';
import { readAccounts } from '../../accounts/account-registry.ts';
import type { Clock, FilePicker } from '../../ports.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { isOfAccount } from './export-lines.ts';
import { cancelled, runExport } from './export-run.ts';
import { FileProblem } from './file/file-problem.ts';
import { readHead } from './file/file-head.ts';
import { Imports, type ImportsDeps } from './imports.ts';
import { passphraseNeeded } from '../../core/passphrase-needed.ts';

export interface TransferDeps extends ImportsDeps {
  readonly storage: Pick<SealedStorage, 'document' | 'status' | 'confirm'>;
  readonly filePicker: FilePicker;
  readonly clock: Clock;
  readonly version: string;
  /** The name of this computer. */
  readonly computer: string;
  readonly emit: Emit<'transfer.exported'>;
}

export interface TransferService {
  readonly handlers: Handlers<AppContract>['transfer'];
  /** Nothing of it goes on. */
  stop(): void;
}

type ExportWish = Parameters<Handlers<AppContract>['transfer']['exportFile']>[0];

/** What this computer holds, into a file and out of one (X14). */
export function createTransferService(deps: TransferDeps): TransferService {
  const imports = new Imports(deps);
  let running: AbortController | undefined;

  async function exportFile(wish: ExportWish): Promise<{ file: string | null }> {
    await refuseWrong(deps, wish);
    if (running) throw new AppError('conflict');
    const { signal } = (running = new AbortController());
    try {
      return { file: await saveExport(deps, wish, signal) };
    } finally {
      running = undefined;
    }
  }

  return {
    handlers: {
      overview: () => readOverview(deps),
      exportFile,
      cancelExport() {
        running?.abort(cancelled());
        return {};
      },
      look: ({ size, head }) => orProblem(() => look(size, Buffer.from(head, 'base64'))),
      openFile: ({ size, head, passphrase }) =>
        orProblem(() => {
          look(size, Buffer.from(head, 'base64'));
          return imports.open(size, Buffer.from(head, 'base64'), passphrase);
        }),
      feed: ({ importId, content }) => orProblem(() => imports.feed(importId, Buffer.from(content, 'base64'))),
      preview: ({ importId }) => orProblem(() => imports.preview(importId)),
      beginImport: ({ importId, theirs }) => imports.begin(importId, theirs),
      finishImport: ({ importId }) => orProblem(() => imports.finish(importId)),
      discard({ importId }) {
        imports.discard(importId);
        return {};
      },
    },
    stop() {
      running?.abort(passphraseNeeded());
      imports.stop();
    },
  };
}

/** Errors: FileProblem. */
function look(size: number, head: Buffer): Record<string, never> {
  readHead(head);
  if (size > maxTransferBytes) throw new FileProblem('too-large');
  return {};
}

async function orProblem<T>(
  act: () => T | Promise<T>,
): Promise<{ problem: TransferProblem } | { problem: null; value: T }> {
  try {
    return { problem: null, value: await act() };
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    const { kind, version } = error;
    return { problem: { kind, ...(version !== undefined && { version }) } };
  }
}

/** Errors: AppError invalid-request, unauthenticated, rate-limited, storage-fault, key-store-unavailable. */
async function refuseWrong({ storage }: TransferDeps, { parts, passphrase, current }: ExportWish): Promise<void> {
  const fields = checkPassphrase({ text: passphrase, hint: null });
  if (Object.keys(fields).length > 0) throw new AppError('invalid-request', { fields });
  const asks = parts.includes('privateKeys') && (await storage.status()).unlock !== undefined;
  if (asks) await storage.confirm(current ?? '');
}

/** Accounts always go: all else belongs to them. */
async function saveExport(deps: TransferDeps, wish: ExportWish, signal: AbortSignal): Promise<string | null> {
  const { storage, clock, version, computer, filePicker, emit } = deps;
  const wished = new Set<TransferPart>(wish.parts);
  const parts = deps.parts.filter(({ name }) => wished.has(name));
  const [{ accounts }, { counts }] = await Promise.all([readAccounts(storage), readOverview(deps)]);
  const total = [...wished, 'accounts' as const].reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  const at = new Date(clock.now()).toISOString();
  const content = runExport({
    ...{ ...deps, parts, accounts, signal },
    about: { version: version.slice(0, 40), computer: computer.slice(0, 300), at },
    passphrase: wish.passphrase,
    onProgress: (done) => emit('transfer.exported', { done, total: Math.max(done, total) }),
  });
  return filePicker.save({ suggestedName: `profile-desk-${localDay(at)}.pdexport`, content }, signal);
}

/** Errors: those of the parts. */
async function readOverview({ storage, parts }: TransferDeps): Promise<TransferOverview> {
  const { accounts } = await readAccounts(storage);
  const portable = accounts.filter(({ target }) => target.kind === 'address');
  const counts: Partial<Record<TransferPart, number>> = { accounts: portable.length };
  for (const part of parts) {
    const ids = isOfAccount(part.name) ? portable.map(({ id }) => id) : ['app'];
    const found = await Promise.all(ids.map((id) => part.count(id)));
    counts[part.name] = found.reduce((sum, count) => sum + count, 0);
  }
  return { counts, demoAccounts: accounts.length - portable.length };
}
