import { shallowReadonly, shallowRef, type Ref } from 'vue';
import { useHost } from '../../host/host.ts';
import { copyByPage } from './copy-by-page.ts';

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

/** Copies a text that is no secret by the services, or else by the page. */
export function useCopy(): Copier {
  const host = useHost();
  const outcome = shallowRef<'copied' | 'failed'>();

  async function copy(text: string): Promise<void> {
    outcome.value = await host.calls.clipboard.copyText({ text }).then(
      () => 'copied' as const,
      () => (copyByPage(text) ? 'copied' : 'failed'),
    );
  }

  return { outcome: shallowReadonly(outcome), copy };
}
