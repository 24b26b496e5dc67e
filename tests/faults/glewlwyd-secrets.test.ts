import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { otp } from '../providers/live/glewlwyd/seed-glewlwyd.ts';
import { hasOathtool } from '../integration/account-under-test.ts';
import {
  cookiesOf,
  makePerson,
  nameOf,
  openGlewlwydApp,
  openWorld,
  signIn,
  whyNoGlewlwyd,
  type GlewlwydWorld,
} from '../integration/glewlwyd-under-test.ts';
import { noKeyWrapper, openKeyWrapper } from '../integration/services-under-test.ts';
import { createListeningLog } from '../support/listening-log.ts';
import { findSecrets, listFiles } from '../support/find-secrets.ts';
import { startListeningProxy } from '../support/listening-proxy.ts';
import { tryToRun } from '../support/ssh-tools.ts';

describe.skipIf(whyNoGlewlwyd() !== undefined || !hasOathtool)(nameOf('D2 D3 R9 after a run with glewlwyd'), () => {
  let world: GlewlwydWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  it.each([
    ['open', openKeyWrapper],
    ['absent', noKeyWrapper],
  ])('none of its secrets is in a file, a log, or what a screen was told later, key store %s', async (state, keys) => {
    const person = await makePerson(world, ['g_profile', otp.scope]);
    await using proxy = await startListeningProxy(world.address);
    const { lines, log } = createListeningLog();
    const { app, dataFolder } = await openGlewlwydApp({ keyWrapper: keys, log });
    const accountId = await signIn(app, proxy, { ...person, username: person.username.toUpperCase() });
    const { enrolment, otp: shown } = await app.calls.mfa.beginEnrolment({ accountId });
    const code = (await tryToRun('oathtool', ['--totp', '--base32', shown.secret])).output.trim();
    await app.calls.mfa.confirmEnrolment({ enrolment, code, name: 'Phone' });
    const { codes } = await app.calls.recoveryCodes.renew({ accountId });
    const next = 'Rainy-garden-43';
    await app.calls.password.change({ accountId, current: person.password, next, endOtherSessions: true });
    // Refusals are what a log has most of.
    await Promise.allSettled([
      app.calls.password.change({ accountId, current: person.password, next, endOtherSessions: false }),
      app.calls.reauth.prove({ accountId, proof: { kind: 'password', password: person.password } }),
      app.calls.mfa.beginEnrolment({ accountId }),
    ]);
    const told = JSON.stringify([
      await app.calls.profile.get({ accountId, from: 'provider' }),
      await app.calls.sessions.list({ accountId, from: 'provider' }),
      await app.calls.mfa.status({ accountId }),
      await app.calls.reauth.prove({ accountId, proof: { kind: 'password', password: next } }),
      await app.calls.accounts.list(),
      app.events,
    ]);
    // A cookie is found by its value too, whatever becomes of its name.
    const cookies = cookiesOf(proxy).flatMap((cookie) => [cookie, cookie.slice(cookie.indexOf('=') + 1)]);
    expect(cookies, 'of both spellings').toHaveLength(4);
    const secrets = [...cookies, person.password, next, shown.secret, ...codes.map((each) => each.code)];
    expect(secrets.length).toBe(11);
    await app.close();
    expect(listFiles(dataFolder).length > 0).toBe(state === 'open');
    expect(findSecrets(dataFolder, secrets)).toEqual([]);
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
    expect(secrets.filter((secret) => lines.join('\n').includes(secret))).toEqual([]);
    expect(app.internal).toEqual([]);
  });
});
