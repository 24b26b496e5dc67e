/** Without the provider nothing can be changed yet; what was locked before keeps its own reason. */
export function lockOffline<A extends { readonly kind: string }>(
  source: 'provider' | 'cache',
  access: A,
): A | { readonly kind: 'offline' } {
  return source === 'cache' && access.kind === 'editable' ? { kind: 'offline' } : access;
}
