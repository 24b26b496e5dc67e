import type { ProviderDescription, ProviderKind } from '../../../shared/contract/account/accounts.ts';

/**
 * Whether this app itself, and not its parts at a stand-in of the tests, was seen to work at a real service of the kind
 * (R10). The page of the kind in `docs/providers` says when, and against which version.
 */
export const wasTriedLive: Readonly<Record<ProviderKind, boolean>> = {
  reference: true,
  keycloak: true,
  glewlwyd: true,
  kratos: true,
  gitea: true,
  'elastic-io': false,
  cxone: false,
  wacm: false,
  gitlab: false,
  github: false,
};

/** Programs that answer as another one does, and were not tried themselves. */
const untriedNames: readonly string[] = ['Forgejo', 'Codeberg'];

export function wasServiceTried({ kind, name }: Pick<ProviderDescription, 'kind' | 'name'>): boolean {
  return wasTriedLive[kind] && !untriedNames.includes(name);
}
