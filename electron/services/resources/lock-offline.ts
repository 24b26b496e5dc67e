/** Without the provider nothing can be changed yet; what was locked before keeps its own reason. */
export function lockOffline<A extends { readonly kind: string }>(
  source: 'provider' | 'cache',
  access: A,
): A | { readonly kind: 'offline' } {
  const needsNetwork = access.kind === 'editable' || access.kind === 'hand-off';
  return source === 'cache' && needsNetwork ? { kind: 'offline' } : access;
}
