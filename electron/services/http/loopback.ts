/** Whether a URL's host never leaves this computer. Takes `hostname` of a parsed URL, which has one spelling for each address. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
