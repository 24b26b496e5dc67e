import { describeConformance } from '../conformance/conformance.ts';
import { anyGitea, describeGitea } from '../conformance/worlds/gitea/gitea-world.ts';
import { findGitea, openGivenGitea, readVersion } from './gitea/given-gitea.ts';

const gitea = findGitea();
const isMissing = 'missing' in gitea;

describeConformance({
  ...anyGitea,
  name: isMissing ? 'Gitea' : `Gitea ${(await readVersion(gitea)) ?? ''}`,
  missing: isMissing ? gitea.missing : undefined,
  // It was there before, and goes on.
  isShared: true,
  async start() {
    if (isMissing) throw new Error(gitea.missing);
    return describeGitea(openGivenGitea(gitea));
  },
});
