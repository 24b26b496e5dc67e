import { defineComponent, onScopeDispose } from 'vue';
import { useAppStore } from '../account/app.store.ts';
import { useEventListener } from '../lib/use-event-listener.ts';
import { useShortcut } from '../lib/use-shortcut.ts';
import { useSettingsStore } from './settings.store.ts';
import { useLock } from './use-lock.ts';

/** Milliseconds between two looks at the time; after the computer has slept the next one comes at once. */
const lookMs = 5_000;

/** Shows nothing. Locks by Ctrl+L (Cmd+L), and once nobody has used the app for as long as the person chose (X11). */
export const AppLock = defineComponent(() => {
  const app = useAppStore();
  const settings = useSettingsStore();
  const lock = useLock();
  let usedAt = Date.now();

  function noteUse(): void {
    usedAt = Date.now();
  }

  function look(): void {
    const minutes = settings.lockAfterMinutes;
    if (minutes === null || !app.canLock || Date.now() - usedAt < minutes * 60_000) return;
    // Should it fail, the next look tries again.
    app.lock().catch(() => undefined);
  }

  useShortcut(
    'l',
    () => void lock(),
    () => true,
  );
  for (const event of ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const) useEventListener(event, noteUse);
  const timer = setInterval(look, lookMs);
  onScopeDispose(() => clearInterval(timer));
  return () => null;
});
