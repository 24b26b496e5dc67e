import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClient } from '../providers/live/glewlwyd/glewlwyd-client.ts';
import { startListeningProxy } from '../support/listening-proxy.ts';
import {
  cookiesOf,
  makePerson,
  nameOf,
  openGlewlwyd,
  openGlewlwydApp,
  openWorld,
  signIn,
  whyNoGlewlwyd,
  type GlewlwydWorld,
} from './glewlwyd-under-test.ts';

describe.skipIf(whyNoGlewlwyd() !== undefined)(nameOf('R9 an account at a real glewlwyd'), () => {
  let world: GlewlwydWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const target = (path = '') => ({ kind: 'address' as const, address: world.address + path });

  describe('R2 the way in', () => {
    it('is found at its address, and at one of its pages', async () => {
      const { app } = await openGlewlwydApp();
      const found = { kind: 'glewlwyd', name: 'glewlwyd', address: world.address, version: null, ways: ['password'] };
      expect(await app.calls.accounts.inspect(target())).toMatchObject(found);
      expect(await app.calls.accounts.inspect(target('/profile.html'))).toMatchObject(found);
    });

    it('is a password: the person is who the server says, and is remembered', async () => {
      const { app, accountId, person } = await openGlewlwyd(world);
      const [account] = (await app.calls.accounts.list()).accounts;
      expect(account).toMatchObject({
        id: accountId,
        kind: 'glewlwyd',
        person: { name: person.name, email: person.email },
        state: { kind: 'online' },
      });
      const { sections } = await app.calls.profile.get({ accountId, from: 'provider' });
      expect(sections.user.values).toMatchObject({ firstName: person.name, lastName: '', username: person.username });
      expect(sections.contact).toMatchObject({
        values: { email: person.email },
        access: { email: { kind: 'set-by-provider' } },
      });
    });

    it('refuses a wrong password and an unknown name alike', async () => {
      const { app } = await openGlewlwydApp();
      const refused = { code: 'unauthenticated', details: { reason: 'wrong-credentials' } };
      const person = await makePerson(world);
      await expect(signIn(app, world, { ...person, password: 'no' })).rejects.toMatchObject(refused);
      await expect(signIn(app, world, { ...person, username: 'nobody' })).rejects.toMatchObject(refused);
    });

    it('begins no session under another spelling of the name, which its owner would not find', async () => {
      const person = await makePerson(world);
      await using proxy = await startListeningProxy(world.address);
      const { app } = await openGlewlwydApp();
      const accountId = await signIn(app, proxy, { ...person, username: person.username.toUpperCase() });
      const { sessions } = await app.calls.sessions.list({ accountId, from: 'provider' });
      expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([true]);
      // Nor did the first one stay open, under the name as it was typed.
      const stateOf = (cookie: string) => openClient(world.address, { cookie }).request('GET', '/api/profile_list');
      const [typed, own] = await Promise.all(cookiesOf(proxy).map(stateOf));
      expect([typed?.status, own?.status]).toEqual([401, 200]);
    });

    it('keeps two people apart who sign in from here', async () => {
      const [first, second] = [await makePerson(world), await makePerson(world)];
      const { app, accountId } = await openGlewlwyd(world, first);
      const other = await signIn(app, world, second);
      const nameHere = async (id: string) =>
        (await app.calls.profile.get({ accountId: id, from: 'provider' })).sections.user.values.firstName;
      expect([await nameHere(accountId), await nameHere(other)]).toEqual([first.name, second.name]);
    });
  });

  describe('W1 W2 the profile', () => {
    it('takes another name, and keeps what it did not ask about', async () => {
      const person = await makePerson(world);
      const other = openClient(world.address);
      await other.signIn(person.username, person.password);
      await other.request('PUT', '/api/profile/', { picture: 'AAAA' });
      const { app, accountId } = await openGlewlwyd(world, person);
      const { revision } = (await app.calls.profile.get({ accountId, from: 'provider' })).sections.user;
      const user = { revision, changes: { firstName: 'New Name' } };
      const { outcomes, snapshot } = await app.calls.profile.update({ accountId, user });
      expect(outcomes).toEqual({ user: { saved: true } });
      expect(snapshot.sections.user.values.firstName).toBe('New Name');
      expect((await other.request('GET', '/api/profile_list')).body).toMatchObject([
        { name: 'New Name', picture: 'AAAA' },
      ]);
    });

    it('R1 X6 needs the scope of the profile to be changed, and can be looked at without', async () => {
      const { app, accountId } = await openGlewlwyd(world, world.bo);
      const { operations, sections } = await app.calls.profile.get({ accountId, from: 'provider' });
      const needsScope = { kind: 'needs-permission', permission: 'g_profile' };
      expect(operations).toMatchObject({ 'profile.update': needsScope });
      expect(sections.user).toMatchObject({ values: { firstName: world.bo.name }, access: { firstName: needsScope } });
    });
  });
});
