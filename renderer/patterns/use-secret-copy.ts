import { computed, shallowRef } from 'vue';
import type { Copied } from '../../shared/contract/keys/keys.ts';
import { useHost } from '../host/host.ts';
import { copyByPage } from '../ui/actions/copy-by-page.ts';
import type { Copier } from '../ui/actions/use-copy.ts';
import { useGuardedCopy } from './use-guarded-copy.ts';

/**
 * Copies a secret that is on the screen: by the services, which take it away again, or else by the page, which cannot
 * (X12).
 */
export function useSecretCopy() {
  const host = useHost();
  const { isCopying, copyError, stays, copy: copyGuarded } = useGuardedCopy();
  const ofPage = shallowRef<'copied' | 'failed'>();
  const isUnavailable = computed(() => copyError.value?.code === 'clipboard-unavailable');

  /**
   * Has the services copy what they hold themselves; `readText` gives the page the same where they cannot. Returns
   * whether it is copied.
   */
  async function copyBy(act: () => Promise<Copied>, readText: () => string | Promise<string>): Promise<boolean> {
    ofPage.value = undefined;
    const isGuarded = await copyGuarded(act);
    if (isGuarded || !isUnavailable.value) return isGuarded;
    const text = await readText();
    ofPage.value = text !== '' && copyByPage(text) ? 'copied' : 'failed';
    return ofPage.value === 'copied';
  }

  async function copy(text: string): Promise<void> {
    await copyBy(
      () => host.calls.clipboard.copySecret({ text }),
      () => text,
    );
  }

  /** What the page copied stays. */
  const byPage = computed(() => (isUnavailable.value ? ofPage.value : undefined));
  /** Of the services, where the page could not be asked in their place. */
  const error = computed(() => (isUnavailable.value ? undefined : copyError.value));
  const outcome: Copier['outcome'] = computed(() => {
    if (stays.value !== undefined) return 'copied';
    return error.value ? 'failed' : byPage.value;
  });
  return { isCopying, outcome, stays, byPage, error, copy, copyBy };
}
