import { shallowReadonly, shallowRef, type Ref } from 'vue';

export interface Copier {
  /** How the last time went. */
  readonly outcome: Readonly<Ref<'copied' | 'failed' | undefined>>;
  readonly copy: (text: string) => Promise<void>;
}

/** Of what copies a text at a press. */
export interface CopyProps {
  text: string;
  labels: { copy: string; copied: string; failed: string };
  /** Copies in place of the page, and says itself how it went. */
  by?: Copier | undefined;
}

/** Copies a text by the page's own clipboard. */
export function useCopy(): Copier {
  const outcome = shallowRef<'copied' | 'failed'>();

  async function copy(text: string): Promise<void> {
    outcome.value = await navigator.clipboard.writeText(text).then(
      () => 'copied' as const,
      () => 'failed' as const,
    );
  }

  return { outcome: shallowReadonly(outcome), copy };
}
