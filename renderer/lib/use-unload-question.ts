import { useEventListener } from './use-event-listener.ts';

/** Before the window is closed or loaded anew the shell asks in its own words, where that is needed (HTML, 7.4.2.1). */
export function useUnloadQuestion(isNeeded: () => boolean): void {
  useEventListener('beforeunload', (event) => {
    if (isNeeded()) event.preventDefault();
  });
}
