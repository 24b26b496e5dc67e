import { describe, it } from 'vitest';
import { giteaStandIn } from '../../conformance/worlds/gitea/gitea-world.ts';
import { giteaStories } from '../../gitea/app-stories.ts';

describe('R5 the app at the stand-in of Gitea', () => {
  it.each(Object.entries(giteaStories))('%s', async (_name, tell) => {
    await using world = await giteaStandIn.start();
    await tell(world);
  });
});
