import { ownKeys } from '../../lib/rows/own-keys.ts';
import { useWindowEvent } from '../../lib/use-window-event.ts';

/** Ctrl+S, or Cmd+S on a Mac, instead of the browser's own "save page". */
export function useSaveShortcut(save: () => void): void {
  const onKey = ownKeys((event) => {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    // A dialog has the word while it is open.
    if (!event.repeat && !document.querySelector('[role$="dialog"]')) save();
  });
  useWindowEvent('keydown', onKey);
}
