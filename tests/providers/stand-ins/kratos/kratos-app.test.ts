import { describe, it } from 'vitest';
import { appStories } from '../../kratos/app-stories.ts';
import { startKratosStandIn } from './start-kratos.ts';

// The same is done at the real Kratos, where it can be had: tests/providers/live.

describe('R8 the app at the stand-in of Kratos', () => {
  it.each(Object.entries(appStories))('%s', async (_name, tell) => {
    await using server = await startKratosStandIn();
    await tell(server);
  });
});
