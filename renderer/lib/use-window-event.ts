import { onScopeDispose } from 'vue';

/** Listens on the window for as long as the screen is shown. */
export function useWindowEvent<K extends keyof WindowEventMap>(
  type: K,
  listener: (event: WindowEventMap[K]) => void,
): void {
  addEventListener(type, listener);
  onScopeDispose(() => removeEventListener(type, listener));
}
