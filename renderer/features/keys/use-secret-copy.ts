import { computed, shallowRef } from 'vue';
import { useHost } from '../../host/host.ts';
import { copyByPage } from '../../ui/copy-by-page.ts';
import type { Copier } from '../../ui/use-copy.ts';
import { useGuardedCopy } from './use-guarded-copy.ts';

/** Copies a secret that is on the screen: by the services, which take it away again, or else by the page, which can not (X12). */
export function useSecretCopy() {
  const host = useHost();
  const { isCopying, copyError, stays, copy: copyGuarded } = useGuardedCopy();
  const ofPage = shallowRef<'copied' | 'failed'>();
  const isUnavailable = computed(() => copyError.value?.code === 'clipboard-unavailable');

  async function copy(text: string): Promise<void> {
    const isGuarded = await copyGuarded(() => host.calls.clipboard.copySecret({ text }));
    if (!isGuarded && isUnavailable.value) ofPage.value = copyByPage(text) ? 'copied' : 'failed';
  }

  /** What the page copied stays. */
  const byPage = computed(() => (isUnavailable.value ? ofPage.value : undefined));
  /** Of the services, where the page could not be asked in their place. */
  const error = computed(() => (isUnavailable.value ? undefined : copyError.value));
  const outcome: Copier['outcome'] = computed(() => {
    if (stays.value !== undefined) return 'copied';
    return error.value ? 'failed' : byPage.value;
  });
  return { isCopying, outcome, stays, byPage, error, copy };
}
