import { onScopeDispose, readonly, ref, type Ref } from 'vue';

/** The time in milliseconds, renewed every `intervalMs` for as long as the component lives. */
export function useNow(intervalMs: number): Readonly<Ref<number>> {
  const now = ref(Date.now());
  const timer = setInterval(() => (now.value = Date.now()), intervalMs);
  onScopeDispose(() => clearInterval(timer));
  return readonly(now);
}
