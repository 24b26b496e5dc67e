import { defineComponent, onScopeDispose } from 'vue';
import { useAppStore } from '../account/app.store.ts';
import { elapsedSince, thisMoment } from '../lib/elapsed.ts';
import { useEventListener } from '../lib/use-event-listener.ts';
import { useShortcut } from '../lib/use-shortcut.ts';
import { useSettingsStore } from '../account/settings.store.ts';
import { useLock } from './use-lock.ts';

/** Milliseconds between two looks at the time; after the computer has slept the next one comes at once. */
const lookMs = 5_000;

/** Shows nothing. Locks by Ctrl+L (Cmd+L), and once nobody has used the app for as long as the person chose (X11). */
export const AppLock = defineComponent(() => {
  const app = useAppStore();
  const settings = useSettingsStore();
  const lock = useLock();
  let usedAt = thisMoment();
  let locking: Promise<void> | undefined;

  /** Who comes back after a sleep, or to a page whose timers the browser held, may be heard before the next look. */
  function noteUse(): void {
    if (!look()) usedAt = thisMoment();
  }

  /** Whether it is time. */
  function look(): boolean {
    const minutes = settings.lockAfterMinutes;
    if (minutes === null || !app.canLock || elapsedSince(usedAt) < minutes * 60_000) return false;
    // Should it fail, the next look tries again. What was typed is asked for before it is locked (X5).
    locking ??= app
      .lock()
      .catch(() => undefined)
      .finally(() => (locking = undefined));
    return true;
  }

  useShortcut(
    'l',
    () => void lock(),
    () => true,
  );
  for (const event of ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const) useEventListener(event, noteUse);
  // Coming back to the window is no use yet.
  for (const event of ['focus', 'pageshow'] as const) useEventListener(event, () => void look());
  const timer = setInterval(look, lookMs);
  onScopeDispose(() => clearInterval(timer));
  return () => null;
});
