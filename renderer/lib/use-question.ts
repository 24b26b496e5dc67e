import { shallowReadonly, shallowRef } from 'vue';

/** Whether to go on, asked of the person while somebody waits: a second question answers the first with "stay". */
export function useQuestion() {
  const isAsking = shallowRef(false);
  let settle: ((mayGo: boolean) => void) | undefined;

  function answer(mayGo: boolean): void {
    isAsking.value = false;
    settle?.(mayGo);
    settle = undefined;
  }

  function ask(): Promise<boolean> {
    answer(false);
    isAsking.value = true;
    return new Promise((resolve) => (settle = resolve));
  }

  return { isAsking: shallowReadonly(isAsking), ask, answer };
}
