import { defineStore } from 'pinia';
import { shallowReadonly, shallowRef } from 'vue';
import { useProfileStore } from '../features/profile/profile.store.ts';

/** Asks, in words of its own, about something else that would be lost; resolves with whether to go on. */
type Guard = () => Promise<boolean>;

/** The question before changes are lost (W2): another screen, another account, signing out. */
export const useLeaveStore = defineStore('leave', () => {
  const profile = useProfileStore();
  const isAsking = shallowRef(false);
  let resolve: ((mayLeave: boolean) => void) | undefined;
  const guards = new Set<Guard>();

  /** Asks if there is anything to lose; resolves with whether to go on. */
  async function mayLeave(): Promise<boolean> {
    if (guards.size > 0 && !(await mayLeavePart())) return false;
    if (!profile.isDirty) return true;
    answer(false);
    isAsking.value = true;
    return new Promise((settle) => (resolve = settle));
  }

  /** Leaves a part of the page, where changes to the profile stay as they are. */
  async function mayLeavePart(): Promise<boolean> {
    for (const mayGo of guards) if (!(await mayGo())) return false;
    return true;
  }

  /** Returns the function that ends it. */
  function guard(mayGo: Guard): () => void {
    guards.add(mayGo);
    return () => void guards.delete(mayGo);
  }

  function answer(mayGo: boolean): void {
    isAsking.value = false;
    resolve?.(mayGo);
    resolve = undefined;
  }

  return { isAsking: shallowReadonly(isAsking), mayLeave, mayLeavePart, guard, answer };
});
