import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasOathtool } from '../../../support/oathtool.ts';
import { conversation, needsOathtool } from '../../keycloak/conversation/index.ts';
import type { KeycloakWorld } from '../../keycloak/conversation/world.ts';
import { Notes } from '../../keycloak/notes.ts';
import { PageVisitor } from '../../keycloak/page-visitor.ts';
import { deviceClient } from '../../keycloak/realm.ts';
import { authorize } from '../../keycloak/sign-in.ts';
import { startKeycloakStandIn } from './start-stand-in.ts';
import { startStandInWorld } from './stand-in-world.ts';

// Where the real Keycloak can be had, tests/providers/live/keycloak compares the two answer by answer.

describe('R4 the stand-in answers as Keycloak does:', () => {
  let world: KeycloakWorld & AsyncDisposable;
  beforeAll(async () => {
    world = await startStandInWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  for (const [name, talk] of Object.entries(conversation))
    it.skipIf(needsOathtool(talk) && !hasOathtool)(name, async () => {
      const notes = new Notes();
      await talk(world, notes);
      expect(notes.list.length).toBeGreaterThan(2);
    });
});

describe('R4 the stand-in, for tests that are about something else,', () => {
  it('signs a person in without a form', async () => {
    await using standIn = await startKeycloakStandIn();
    standIn.realm.signsInAs = 'ada';
    const back = await new PageVisitor(standIn.base).open(authorize(standIn.issuer).address);
    expect(back.address.searchParams.get('code')).toBeTruthy();
  });

  it('plays the person at the other screen', async () => {
    await using standIn = await startKeycloakStandIn();
    const ask = (path: string, form: Readonly<Record<string, string>>) =>
      fetch(`${standIn.issuer}/protocol/openid-connect/${path}`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: deviceClient, ...form }),
      });
    const codes = (await (await ask('auth/device', { scope: 'openid' })).json()) as Record<string, string>;
    standIn.devices.allow(codes['user_code']!, 'ada');
    const grant = 'urn:ietf:params:oauth:grant-type:device_code';
    const tokens = await ask('token', { grant_type: grant, device_code: codes['device_code']! });
    expect(await tokens.json()).toMatchObject({ token_type: 'Bearer', scope: 'openid profile email' });
  });
});
