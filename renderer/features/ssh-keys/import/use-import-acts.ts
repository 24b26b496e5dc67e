import { computed, shallowReadonly, shallowRef } from 'vue';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import type { AskedOrigin, ImportRow } from '../../../../shared/contract/keys/ssh-keys.ts';
import { useReauthStore } from '../../../account/reauth.store.ts';
import { errorText } from '../../../lib/errors/error-text.ts';
import { t } from '../../../lib/i18n/text.ts';
import { useAttempt } from '../../../lib/use-attempt.ts';
import { useSshKeysStore } from '../ssh-keys.store.ts';
import { useKeyImportStore } from './key-import.store.ts';

const none: ReadonlySet<string> = new Set();

/** What is done with rows of an import: one act after another, a proof asked for where one is missing (E12). */
export function useImportActs() {
  const keys = useSshKeysStore();
  const imports = useKeyImportStore();
  const reauth = useReauthStore();
  const { isBusy, error, attempt } = useAttempt();
  /** Rows that it is about. */
  const busy = shallowRef(none);
  let last: Promise<unknown> = Promise.resolve();
  /** A row that may be somebody else's key, while the person is asked about it (K6). */
  const asking = shallowRef<AskedRow>();

  /**
   * An act on other rows than those of the one that runs waits its turn: what was pressed or typed is not lost. On the
   * same rows it is a second click.
   */
  async function run(rows: readonly ImportRow[], act: () => Promise<unknown>): Promise<boolean> {
    const ids = rows.map(({ rowId }) => rowId);
    if (ids.some((id) => busy.value.has(id))) return false;
    busy.value = new Set([...busy.value, ...ids]);
    const done = last.then(() => attempt(act));
    last = done.then(() => void (busy.value = new Set([...busy.value].filter((id) => !ids.includes(id)))));
    await last;
    return done;
  }

  return {
    isBusy,
    busy: shallowReadonly(busy),
    problem: computed(() => error.value && importErrorText(error.value)),
    /** Why nothing can be added now, in words. */
    lock: computed(() => keys.addLock ?? keys.endFault),
    asking: shallowReadonly(asking),
    endAsking: () => void (asking.value = undefined),
    /** What may be somebody else's is asked about first. */
    async add(rows: readonly ImportRow[]): Promise<boolean> {
      const [row, ...others] = rows;
      if (row && others.length === 0 && isAsked(row)) {
        asking.value = row;
        return false;
      }
      return run(rows, () => reauth.run(() => imports.add(rows), 'addSshKeys'));
    },
    /** The person said yes. */
    addAsked: (row: AskedRow) => run([row], () => reauth.run(() => imports.add([row], row.origin), 'addSshKeys')),
    keep: (row: ImportRow) => run([row], () => imports.keep(row)),
    /** How many of them it opened; undefined if it could not be tried. */
    async unlock(rows: readonly ImportRow[], passphrase: string): Promise<number | undefined> {
      let opened: number | undefined;
      await run(rows, async () => (opened = await imports.unlock(rows, passphrase)));
      return opened;
    },
  };
}

export type AskedRow = ImportRow & { readonly origin: AskedOrigin };

function isAsked(row: ImportRow): row is AskedRow {
  return row.origin !== null && row.origin !== 'own' && row.origin !== 'known-hosts';
}

export type ImportActs = ReturnType<typeof useImportActs>;

/** The services hold an import for half an hour. */
function importErrorText(error: ErrorShape): string {
  return error.code === 'not-found' ? t('keyImport.gone') : errorText(error);
}
