import type { ProviderKind } from '../../../shared/contract/account/accounts.ts';

/**
 * Whether this app itself, and not its parts at a stand-in of the tests, was seen to work at a real service of the kind
 * (R10). The page of the kind in `docs/providers` says when, and against which version.
 */
export const wasTriedLive: Readonly<Record<ProviderKind, boolean>> = {
  reference: true,
  keycloak: true,
  glewlwyd: true,
  kratos: true,
  gitea: false,
  'elastic-io': false,
  cxone: false,
  wacm: false,
  gitlab: false,
  github: false,
};
