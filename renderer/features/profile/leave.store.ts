import { defineStore } from 'pinia';
import { shallowReadonly, shallowRef } from 'vue';
import { useProfileStore } from './profile.store.ts';

/** The question before changes are lost (W2): another screen, another account, signing out. */
export const useLeaveStore = defineStore('leave', () => {
  const profile = useProfileStore();
  const isAsking = shallowRef(false);
  let resolve: ((mayLeave: boolean) => void) | undefined;

  /** Asks if there is anything to lose; resolves with whether to go on. */
  function mayLeave(): Promise<boolean> {
    if (!profile.isDirty) return Promise.resolve(true);
    answer(false);
    isAsking.value = true;
    return new Promise((settle) => (resolve = settle));
  }

  function answer(mayGo: boolean): void {
    isAsking.value = false;
    resolve?.(mayGo);
    resolve = undefined;
  }

  return { isAsking: shallowReadonly(isAsking), mayLeave, answer };
});
