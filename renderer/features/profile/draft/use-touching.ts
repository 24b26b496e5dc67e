import type { Ref } from 'vue';
import type { FieldPath } from '../fields/field-path.ts';
import { withoutFieldError, type UpdateOutcome } from './update-outcome.ts';

/** A field that is touched again is not called wrong any more. */
export function useTouching(outcome: Ref<UpdateOutcome>) {
  return <Rest extends unknown[]>(act: (path: FieldPath, ...rest: Rest) => void) =>
    (path: FieldPath, ...rest: Rest): void => {
      act(path, ...rest);
      outcome.value = withoutFieldError({ ...outcome.value, saved: [] }, path);
    };
}
