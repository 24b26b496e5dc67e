import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOTP } from 'otpauth';
import { openClient } from '../providers/live/glewlwyd/glewlwyd-client.ts';
import { otp, requireAppForProfile, type GlewlwydPerson } from '../providers/live/glewlwyd/seed-glewlwyd.ts';
import {
  makePerson,
  nameOf,
  openGlewlwydApp,
  openWorld,
  whyNoGlewlwyd,
  type GlewlwydWorld,
} from './glewlwyd-under-test.ts';

describe.skipIf(whyNoGlewlwyd() !== undefined)(nameOf('R9 R2 a code at the sign-in to a real glewlwyd'), () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  let world: GlewlwydWorld;
  let withApp: GlewlwydPerson;
  let without: GlewlwydPerson;
  beforeAll(async () => {
    world = await openWorld();
    [withApp, without] = [await makePerson(world, ['g_profile', otp.scope]), await makePerson(world)];
    const client = openClient(world.address);
    await client.signIn(withApp.username, withApp.password);
    const { scheme_type, scheme_name } = otp;
    const value = { type: 'TOTP', secret, time_step_size: 30 };
    const scheme = { username: withApp.username, scheme_type, scheme_name, value };
    await client.request('POST', '/api/profile/scheme/register/', scheme);
    await requireAppForProfile(world.admin);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  /** The server takes the one of the current step alone, so there is time left to send it. */
  async function makeCode(): Promise<string> {
    const left = 30_000 - (Date.now() % 30_000);
    if (left < 5_000) await new Promise((resolve) => setTimeout(resolve, left + 100));
    return new TOTP({ secret }).generate();
  }

  async function begin({ username: identifier, password }: GlewlwydPerson) {
    const { app } = await openGlewlwydApp();
    const target = { kind: 'address', address: world.address } as const;
    return { app, step: await app.calls.auth.signIn({ kind: 'glewlwyd', target, identifier, password }) };
  }

  it('is asked for where the profile wants one, and opens it', async () => {
    const { app, step } = await begin(withApp);
    if (step.next !== 'code') throw new Error('no code was asked for');
    const { challenge } = step;
    const wrong = { code: 'unauthenticated', details: { reason: 'wrong-code' } };
    await expect(app.calls.auth.submitCode({ challenge, code: '000000' })).rejects.toMatchObject(wrong);
    const result = await app.calls.auth.submitCode({ challenge, code: await makeCode() });
    if (result.next !== 'done') throw new Error('another code was asked for');
    const { accountId } = result;
    const { sessions } = await app.calls.sessions.list({ accountId, from: 'provider' });
    expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
    expect(await app.calls.reauth.status({ accountId })).toMatchObject({ proofs: ['password'] });
  });

  it('R1 X6 is not asked of a person who has none: only an administrator can set it up', async () => {
    const { app, step } = await begin(without);
    if (step.next !== 'done') throw new Error('a code was asked for');
    const { accountId } = step;
    const { operations } = await app.calls.profile.get({ accountId, from: 'provider' });
    const needsApp = { kind: 'needs-permission', permission: 'Authenticator app' };
    expect(operations).toMatchObject({ 'profile.update': needsApp, 'sessions.close': needsApp });
    const missing = { code: 'forbidden', details: { permission: 'Authenticator app' } };
    await expect(app.calls.sessions.list({ accountId, from: 'provider' })).rejects.toMatchObject(missing);
  });
});
