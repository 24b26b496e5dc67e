import { computed, shallowReadonly, shallowRef } from 'vue';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import type { ImportRow } from '../../../shared/contract/identity-keys.ts';
import { errorText } from '../../lib/error-text.ts';
import { t } from '../../lib/i18n/text.ts';
import { useAttempt } from '../../lib/use-attempt.ts';
import { useReauthStore } from '../reauth/reauth.store.ts';
import { useIdentityKeysStore } from './identity-keys.store.ts';
import { useKeyImportStore } from './key-import.store.ts';

const none: ReadonlySet<string> = new Set();

/** What is done with rows of an import: one act at a time, a proof asked for where one is missing (E12). */
export function useImportActs() {
  const keys = useIdentityKeysStore();
  const imports = useKeyImportStore();
  const reauth = useReauthStore();
  const { isBusy, error, attempt } = useAttempt();
  /** Rows that it is about. */
  const busy = shallowRef(none);

  async function run(rows: readonly ImportRow[], act: () => Promise<unknown>): Promise<boolean> {
    if (isBusy.value) return false;
    busy.value = new Set(rows.map(({ rowId }) => rowId));
    const isDone = await attempt(act);
    busy.value = none;
    return isDone;
  }

  return {
    isBusy,
    busy: shallowReadonly(busy),
    problem: computed(() => error.value && importErrorText(error.value)),
    /** Why nothing can be added now, in words. */
    lock: computed(() => keys.addLock),
    add: (rows: readonly ImportRow[]) => run(rows, () => reauth.run(() => imports.add(rows))),
    keep: (row: ImportRow) => run([row], () => imports.keep(row)),
    /** How many of them it opened; undefined if it could not be tried. */
    async unlock(rows: readonly ImportRow[], passphrase: string): Promise<number | undefined> {
      let opened: number | undefined;
      await run(rows, async () => (opened = await imports.unlock(rows, passphrase)));
      return opened;
    },
  };
}

export type ImportActs = ReturnType<typeof useImportActs>;

/** The services hold an import for half an hour. */
function importErrorText(error: ErrorShape): string {
  return error.code === 'not-found' ? t('keyImport.gone') : errorText(error);
}
