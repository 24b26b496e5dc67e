import { describe, it } from 'vitest';
import { describeGitea } from '../conformance/worlds/gitea/gitea-world.ts';
import { giteaStories } from '../gitea/app-stories.ts';
import { findGitea, openGivenGitea, readVersion } from './gitea/given-gitea.ts';

const gitea = findGitea();
const isMissing = 'missing' in gitea;
const name = isMissing ? `: ${gitea.missing}` : ` ${(await readVersion(gitea)) ?? ''}`;

describe.skipIf(isMissing)(`R5 the app at Gitea${name}`, () => {
  it.each(Object.entries(giteaStories))('%s', async (_name, tell) => {
    if (isMissing) return;
    await tell(describeGitea(openGivenGitea(gitea)));
  });
});
