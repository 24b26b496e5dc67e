import { shell } from 'electron';

/** Explains on which computers there is a key store, and which. */
export const keyStoreHelp = 'https://www.electronjs.org/docs/latest/api/safe-storage';

const allowedOrigins: readonly string[] = [new URL(keyStoreHelp).origin];

/** Opens the address in the system browser if it is https at an origin of the list; returns whether it did. */
export function openExternalLink(address: string): boolean {
  const url = URL.parse(address);
  if (!url || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  if (!allowedOrigins.includes(url.origin)) return false;
  // Without a program for it there is nothing to be done.
  shell.openExternal(url.href).catch(() => undefined);
  return true;
}
