import { ownKeys } from './rows/own-keys.ts';
import { useEventListener } from './use-event-listener.ts';

/**
 * Ctrl and a letter, or Cmd on a Mac, for as long as the screen is shown, instead of what the browser does by it;
 * unless it is not meant where it was pressed.
 */
export function useShortcut(letter: string, act: () => void, isMeantAt: (place: EventTarget | null) => boolean): void {
  const onKey = ownKeys((event) => {
    const { ctrlKey, metaKey, altKey, shiftKey } = event;
    if (event.key.toLowerCase() !== letter || !(ctrlKey || metaKey) || altKey || shiftKey) return;
    if (!isMeantAt(event.target)) return;
    event.preventDefault();
    if (!event.repeat) act();
  });
  useEventListener('keydown', onKey);
}
