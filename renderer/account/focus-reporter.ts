import { defineComponent, onScopeDispose } from 'vue';
import { useHost } from '../host/host.ts';
import { useEventListener } from '../lib/use-event-listener.ts';

/** Milliseconds. */
const interval = 60_000;

/** Shows nothing. Tells the services that somebody looks at the app, for as long as the window has the focus (D5). */
export const FocusReporter = defineComponent(() => {
  const { calls } = useHost();

  function report(): void {
    if (!document.hasFocus()) return;
    // Whoever cannot be told now is told the next time.
    calls.accounts.look().catch(() => undefined);
  }

  useEventListener('focus', report);
  const timer = setInterval(report, interval);
  onScopeDispose(() => clearInterval(timer));
  return () => null;
});
