import { describe, it } from 'vitest';
import { appStories } from '../../keycloak/app-stories.ts';
import { startStandInWorld } from './stand-in-world.ts';

// The same is done at the real Keycloak, where it can be had: tests/providers/live.

describe('R4 the app at the stand-in', () => {
  it.each(Object.entries(appStories))('%s', async (_name, tell) => {
    await using world = await startStandInWorld();
    await tell(world);
  });
});
