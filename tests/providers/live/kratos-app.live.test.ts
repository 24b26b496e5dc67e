import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appStories } from '../kratos/app-stories.ts';
import { conversation } from '../kratos/conversation.ts';
import { clientView } from '../kratos/client-view.ts';
import { Notes } from '../keycloak/notes.ts';
import { startKratosStandIn } from '../stand-ins/kratos/start-kratos.ts';
import { startKratos, whyNoKratos, type RealKratos } from './kratos/start-kratos.ts';

const missing = whyNoKratos();

describe.skipIf(missing !== undefined)(`R8 a real Ory Kratos${missing === undefined ? '' : `: ${missing}`}`, () => {
  let server: RealKratos;
  beforeAll(async () => {
    server = await startKratos();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it.each(Object.entries(appStories))('%s', (_name, tell) => tell(server));

  // The stand-in is judged by the real one: the same is asked of both, and the shapes of the answers are equal.
  it.each(Object.entries(conversation))('answers as the stand-in does: %s', async (_name, talk) => {
    await using standIn = await startKratosStandIn();
    const [real, played] = [new Notes(clientView), new Notes(clientView)];
    await talk(server, real);
    await talk(standIn, played);
    expect(played.list).toEqual(real.list);
  });
});
