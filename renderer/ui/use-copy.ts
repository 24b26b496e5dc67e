import { shallowReadonly, shallowRef } from 'vue';

/** Copies a text; `outcome` says how the last time went. */
export function useCopy() {
  const outcome = shallowRef<'copied' | 'failed'>();

  async function copy(text: string): Promise<void> {
    outcome.value = await navigator.clipboard.writeText(text).then(
      () => 'copied' as const,
      () => 'failed' as const,
    );
  }

  return { outcome: shallowReadonly(outcome), copy };
}
