/**
 * Copies by the page itself, in answer to a press: for a browser shell on a desktop without a program for the
 * clipboard. Needs no permission, unlike `navigator.clipboard`, to which Electron says no. Returns whether the browser
 * took it.
 */
export function copyByPage(text: string): boolean {
  function give(event: ClipboardEvent): void {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
  }
  // First of all: what is selected in a field would be copied in its place.
  addEventListener('copy', give, { capture: true, once: true });
  try {
    return document.execCommand('copy');
  } finally {
    removeEventListener('copy', give, { capture: true });
  }
}
