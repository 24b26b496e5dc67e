/** With every request: an unknown version would be refused, and without one the newest could be another by then. */
export const githubHeaders = {
  Accept: 'application/vnd.github+json',
  'X-GitHub-Api-Version': '2022-11-28',
} as const;
