/**
 * The kinds of provider, named so in the calls, in the files on the disk and in an export. Each of those has a schema of
 * its own; a kind that was in a version of the app stays, since its accounts do.
 */
export const providerKinds = [
  'reference',
  'keycloak',
  'glewlwyd',
  'gitea',
  'elastic-io',
  'cxone',
  'wacm',
  'gitlab',
  'kratos',
  'github',
] as const;
