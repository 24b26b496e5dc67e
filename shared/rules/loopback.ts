/**
 * Whether a URL's host never leaves this computer (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). Takes `hostname` of a parsed
 * URL, which has one spelling for each address.
 */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** https, or http that stays on this computer. */
export function isSecure(url: { readonly protocol: string; readonly hostname: string }): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}
