import { onScopeDispose } from 'vue';

/** Listens on the window for as long as the component is there. */
export function useEventListener<K extends keyof WindowEventMap>(
  type: K,
  listener: (event: WindowEventMap[K]) => void,
): void {
  addEventListener(type, listener);
  onScopeDispose(() => removeEventListener(type, listener));
}
