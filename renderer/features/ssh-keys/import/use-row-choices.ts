import { shallowReactive, shallowRef } from 'vue';
import type { ImportRow } from '../../../../shared/contract/keys/ssh-keys.ts';

/** What the person has chosen for rows of an import: their titles, and whether private halves are kept. */
export function useRowChoices() {
  /** Row → what differs from the title it came with, and from `keepAll`. */
  const titles = shallowReactive(new Map<string, string>());
  const keeps = shallowReactive(new Map<string, boolean>());
  const keepAll = shallowRef(false);

  function setKeepAll(isOn: boolean): void {
    keeps.clear();
    keepAll.value = isOn;
  }

  return {
    keepAll,
    setKeepAll,
    titleOf: ({ rowId, title }: ImportRow) => titles.get(rowId) ?? title,
    setTitle: ({ rowId }: ImportRow, title: string) => void titles.set(rowId, title),
    keepsPrivate: ({ rowId, kind }: ImportRow) => kind === 'private' && (keeps.get(rowId) ?? keepAll.value),
    setKeep: ({ rowId }: ImportRow, isOn: boolean) => void keeps.set(rowId, isOn),
    clear(): void {
      titles.clear();
      setKeepAll(false);
    },
  };
}
