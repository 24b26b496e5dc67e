import { shallowRef } from 'vue';
import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import { asErrorShape } from '../../../../lib/errors/error-shape.ts';
import { errorText } from '../../../../lib/errors/error-text.ts';

/** Begins an import; `explain` says what went wrong, where it is known better here. */
export type Read = (act: () => Promise<void>, explain?: (error: ErrorShape) => string) => Promise<void>;

/** Beginning an import from anywhere on the screen, and why the last one did not begin. */
export function useImportReading() {
  const problem = shallowRef<string>();

  const read: Read = async (act, explain = errorText) => {
    problem.value = undefined;
    await act().catch((reason: unknown) => (problem.value = explain(asErrorShape(reason))));
  };

  return { problem, read };
}
