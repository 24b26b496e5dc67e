import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { useAppStore } from '../../account/app.store.ts';

/** How old this copy is, until the person puts that away. Apart from the app's store: a new copy never loads it. */
export const useAgeStore = defineStore('age', () => {
  const app = useAppStore();
  const isDismissed = shallowRef(false);
  const age = computed(() => (isDismissed.value ? null : (app.snapshot?.age ?? null)));

  /** Hides it until the next start. */
  function dismiss(): void {
    isDismissed.value = true;
  }

  return { age, dismiss };
});
