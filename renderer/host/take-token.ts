const storageKey = 'profile-desk-token';

/**
 * The token of this run, from `#token=…` at the first load and from the tab's memory after a reload.
 * The address is cleaned at once, so that the token is in no history entry and no screenshot. Empty without one.
 */
export function takeToken({
  location,
  history,
  sessionStorage,
}: Pick<Window, 'location' | 'history' | 'sessionStorage'>): string {
  const fromAddress = new URLSearchParams(location.hash.slice(1)).get('token');
  if (!fromAddress) return sessionStorage.getItem(storageKey) ?? '';
  sessionStorage.setItem(storageKey, fromAddress);
  history.replaceState(history.state, '', location.pathname + location.search);
  return fromAddress;
}
