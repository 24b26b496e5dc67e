import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReauthState } from '../../shared/contract/account/reauth.ts';
import type { Session } from '../../shared/contract/account/sessions.ts';
import { addEndedSessions, agePasswords } from '../providers/live/glewlwyd/start-glewlwyd.ts';
import {
  nameOf,
  openGlewlwyd,
  openWorld,
  whyNoGlewlwyd,
  type GlewlwydUnderTest,
  type GlewlwydWorld,
} from './glewlwyd-under-test.ts';

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:141.0) Gecko/20100101 Firefox/141.0';

describe.skipIf(whyNoGlewlwyd() !== undefined)(nameOf('R9 sessions and proofs at a real glewlwyd'), () => {
  let world: GlewlwydWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const list = async ({ app, accountId }: GlewlwydUnderTest) =>
    (await app.calls.sessions.list({ accountId, from: 'provider' })).sessions;
  const own = (sessions: readonly Session[]) => sessions.map(({ isCurrent }) => isCurrent);

  describe('E8 the list', () => {
    it('tells this one from the others by a hash of its cookie, with browser, address and times', async () => {
      const at = await openGlewlwyd(world);
      await at.signInElsewhere(firefox);
      const [current, other] = await list(at);
      const unknown = { createdAt: null, lastModifiedAt: null };
      expect(current).toMatchObject({ isCurrent: true, ipAddress: '127.0.0.1', ...unknown });
      expect(current!.userAgent).toContain('ProfileDesk');
      expect(other).toMatchObject({ isCurrent: false, browser: { name: 'Firefox', version: '141.0' }, ...unknown });
      expect(Math.abs(Date.parse(other!.lastAuthenticatedAt!) - Date.now())).toBeLessThan(60_000);
      expect(Date.parse(other!.expiresAt!)).toBeGreaterThan(Date.now());
    });

    it('leaves out those that ended, which the server keeps, and goes through all of its pages', async () => {
      const at = await openGlewlwyd(world);
      const client = await at.signInElsewhere();
      // They are listed first, as if their last proof were the newest.
      addEndedSessions(world, at.person.username, 150);
      const rows = await client.request('GET', '/api/profile/session?limit=100');
      expect(rows.body).toHaveLength(100);
      expect(own(await list(at))).toEqual([true, false]);
    });
  });

  describe('E9 ending them', () => {
    it('ends one', async () => {
      const at = await openGlewlwyd(world);
      const [one, two] = [await at.signInElsewhere(firefox), await at.signInElsewhere()];
      const { id } = (await list(at)).find(({ browser }) => browser.name === 'Firefox')!;
      const { results, snapshot } = await at.app.calls.sessions.close({ accountId: at.accountId, ids: [id] });
      expect(results).toEqual([{ id, error: null }]);
      expect(own(snapshot!.sessions)).toEqual([true, false]);
      const statuses = [one, two].map(async (client) => (await client.request('GET', '/api/profile_list')).status);
      expect(await Promise.all(statuses)).toEqual([401, 200]);
    });

    it('ends all others, and not this one as the server’s own request for that would', async () => {
      const at = await openGlewlwyd(world);
      const others = [await at.signInElsewhere(firefox), await at.signInElsewhere()];
      const { results } = await at.app.calls.sessions.closeOthers({ accountId: at.accountId });
      expect(results.map(({ error }) => error)).toEqual([null, null]);
      expect(own(await list(at))).toEqual([true]);
      const statuses = others.map(async (client) => (await client.request('GET', '/api/profile_list')).status);
      expect(await Promise.all(statuses)).toEqual([401, 401]);
    });
  });

  describe('the three causes of one 401', () => {
    it('a session that is over signs out', async () => {
      const at = await openGlewlwyd(world);
      const other = await at.signInElsewhere();
      await other.request('DELETE', '/api/profile/session/');
      const ended = { code: 'unauthenticated', details: { reason: 'session-ended' } };
      await expect(list(at)).rejects.toMatchObject(ended);
      expect((await at.app.calls.accounts.list()).accounts).toMatchObject([
        { state: { kind: 'signed-out', sessionEnded: true } },
      ]);
    });

    it('R1 X6 a person without the scope of the profile needs it, and stays signed in', async () => {
      const at = await openGlewlwyd(world, world.bo);
      const missing = { code: 'forbidden', details: { permission: 'g_profile' } };
      await expect(list(at)).rejects.toMatchObject(missing);
      const { operations } = await at.app.calls.profile.get({ accountId: at.accountId, from: 'provider' });
      const needsScope = { kind: 'needs-permission', permission: 'g_profile' };
      expect(operations).toMatchObject({ 'sessions.close': needsScope, 'sessions.closeOthers': needsScope });
      expect(await at.app.calls.reauth.status({ accountId: at.accountId })).toMatchObject({ proofs: [] });
    });

    describe('a password that is too old', () => {
      it('E12 is asked for again; the list that was seen stays, and the same session goes on', async () => {
        const at = await openGlewlwyd(world);
        const { app, accountId, person } = at;
        const before = await list(at);
        agePasswords(world, person.username, 601);
        await expect(list(at)).rejects.toMatchObject({ code: 'reauth-required' });
        expect(await app.calls.sessions.list({ accountId, from: 'cache' })).toMatchObject({ source: 'cache' });
        expect(await app.calls.reauth.status({ accountId })).toMatchObject({ validUntil: null, proofs: ['password'] });
        await expect(app.calls.sessions.closeOthers({ accountId })).rejects.toMatchObject({ code: 'reauth-required' });
        // The profile can be looked at all the same.
        expect(await app.calls.profile.get({ accountId, from: 'provider' })).toMatchObject({ source: 'provider' });
        await at.prove();
        expect((await list(at)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
      });

      it('W9 is no question where the password is at hand: to change it', async () => {
        const { app, accountId, person } = await openGlewlwyd(world);
        agePasswords(world, person.username, 601);
        const read = app.calls.sessions.list({ accountId, from: 'provider' });
        await expect(read).rejects.toMatchObject({ code: 'reauth-required' });
        const change = { accountId, current: person.password, next: 'Quiet-harbour-72', endOtherSessions: false };
        const wrong = { code: 'invalid-request', details: { fields: { current: { code: 'not-valid' } } } };
        await expect(app.calls.password.change({ ...change, current: 'no' })).rejects.toMatchObject(wrong);
        expect(await app.calls.password.change(change)).toEqual({ otherSessionsEnded: 0 });
      });
    });
  });

  describe('E12 the window', () => {
    const left = ({ validUntil }: ReauthState) => Date.parse(validUntil ?? '') - Date.now();

    it('is open for ten minutes after a password, and a wrong one leaves it as it is', async () => {
      const { app, accountId } = await openGlewlwyd(world);
      const status = () => app.calls.reauth.status({ accountId });
      expect(await status()).toMatchObject({ windowSeconds: 600, proofs: ['password'] });
      expect(Math.abs(left(await status()) - 600_000)).toBeLessThan(30_000);
      const proof = { kind: 'password', password: 'no' } as const;
      const refused = { code: 'unauthenticated', details: { reason: 'wrong-credentials' } };
      await expect(app.calls.reauth.prove({ accountId, proof })).rejects.toMatchObject(refused);
      expect(left(await status())).toBeGreaterThan(0);
      expect((await app.calls.accounts.list()).accounts).toMatchObject([{ state: { kind: 'online' } }]);
    });

    it('is closed here by hand, until the next password', async () => {
      const at = await openGlewlwyd(world);
      const { app, accountId } = at;
      expect((await app.calls.reauth.end({ accountId })).validUntil).toBeNull();
      expect((await app.calls.reauth.status({ accountId })).validUntil).toBeNull();
      expect(left(await at.prove())).toBeGreaterThan(0);
    });

    it('begins no new session with a password where the old one is over', async () => {
      const at = await openGlewlwyd(world);
      const other = await at.signInElsewhere();
      await other.request('DELETE', '/api/profile/session/');
      await expect(at.prove()).rejects.toMatchObject({ details: { reason: 'session-ended' } });
    });
  });
});
