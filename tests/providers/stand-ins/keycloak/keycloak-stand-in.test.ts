import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversation } from '../../keycloak/conversation/index.ts';
import type { KeycloakWorld } from '../../keycloak/conversation/world.ts';
import { Notes } from '../../keycloak/notes.ts';
import { startStandInWorld } from './stand-in-world.ts';

// Where the real Keycloak can be had, tests/providers/live/keycloak compares the two answer by answer.

describe('R4 the stand-in answers as Keycloak does:', () => {
  let world: KeycloakWorld & AsyncDisposable;
  beforeAll(async () => {
    world = await startStandInWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  it.each(Object.entries(conversation))('%s', async (_name, talk) => {
    const notes = new Notes();
    await talk(world, notes);
    expect(notes.list.length).toBeGreaterThan(2);
  });
});
