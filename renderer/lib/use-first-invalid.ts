import { nextTick, type Ref } from 'vue';

/** Leads to the first field of a form that is marked as wrong, once its message is there. */
export function useFirstInvalid(form: Readonly<Ref<HTMLElement | null>>): () => Promise<void> {
  return async () => {
    await nextTick();
    form.value?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };
}
