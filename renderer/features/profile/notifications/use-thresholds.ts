import { computed, nextTick, shallowRef, watch } from 'vue';
import type { FieldErrorCode } from '../../../../shared/contract/errors.ts';
import { maxThresholds, thresholdFaults } from '../../../../shared/thresholds.ts';
import { fieldErrorText } from '../../../lib/errors/field-error-text.ts';
import { t } from '../../../lib/i18n/text.ts';
import { useToasts } from '../../../ui/feedback/use-toasts.ts';
import { isThresholds, type TypedThreshold } from '../fields/field-path.ts';
import { useProfileStore } from '../profile.store.ts';

const path = 'notifications.thresholds';

/** Where the focus goes when a row comes or goes. */
interface ListFocus {
  /** False where there is no such row. */
  readonly focusRow: (index: number) => boolean;
  readonly focusAdd: () => void;
}

/** The thresholds being edited, in the order in which they stand; the provider keeps them in ascending order. */
export function useThresholds({ focusRow, focusAdd }: ListFocus) {
  const profile = useProfileStore();
  const toasts = useToasts();
  /** Which rows were left, or sent: a number that is still being typed is not called wrong. */
  const judged = shallowRef<ReadonlySet<number>>(new Set());

  const rows = computed((): readonly TypedThreshold[] => {
    const value = profile.valueOf(path);
    return isThresholds(value) ? value : [];
  });
  const faults = computed(() => thresholdFaults(rows.value.map(({ percent }) => percent)));
  const errors = computed(() =>
    faults.value.map((code, index) => (code && judged.value.has(index) ? faultText(code) : undefined)),
  );

  watch(
    () => profile.outcome.fieldErrors.has(path),
    (isRefused) => {
      if (isRefused) judged.value = new Set(rows.value.keys());
    },
  );

  /** A row left by a press is judged after it: its message would push what is pressed away from under the pointer. */
  function judge(index: number): void {
    const row = rows.value[index];
    const add = () => row === rows.value[index] && (judged.value = new Set(judged.value).add(index));
    if (document.querySelector(':active')) addEventListener('pointerup', () => setTimeout(add), { once: true });
    else add();
  }

  /** In its place again, as long as there is room and the same account is looked at. */
  function offerUndo(index: number, removed: TypedThreshold): void {
    const id = profile.accountId;
    const undo = () => {
      if (profile.accountId === id && rows.value.length < maxThresholds) put(rows.value.toSpliced(index, 0, removed));
    };
    toasts.say({ title: t('notifications.removed'), undo });
  }

  const put = (next: readonly TypedThreshold[]): void => profile.change(path, next);

  return {
    rows,
    errors,
    isFull: computed(() => rows.value.length >= maxThresholds),
    /** The provider refused the list, and no row can show why. */
    isListRefused: computed(() => profile.outcome.fieldErrors.has(path) && faults.value.every((fault) => !fault)),
    judge,
    change: (index: number, next: TypedThreshold) => put(rows.value.with(index, next)),
    async add(): Promise<void> {
      put([...rows.value, { percent: null, byMail: true }]);
      await nextTick();
      focusRow(rows.value.length - 1);
    },
    /** The focus stays in the list: on the row that took the place, or on the button to add one. */
    async remove(index: number): Promise<void> {
      judged.value = new Set(
        [...judged.value].filter((each) => each !== index).map((each) => (each > index ? each - 1 : each)),
      );
      const removed = rows.value[index];
      put(rows.value.toSpliced(index, 1));
      if (removed && removed.percent !== null) offerUndo(index, removed);
      await nextTick();
      if (!focusRow(index)) focusAdd();
    },
  };
}

function faultText(code: FieldErrorCode): string {
  const isNoPercent = code === 'not-valid' || code === 'out-of-range';
  return isNoPercent ? t('notifications.faultPercent') : fieldErrorText({ code });
}
