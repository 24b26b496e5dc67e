import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../shared/contract/account/sessions.ts';
import { ada, vera } from '../providers/keycloak/people.ts';
import { calendarClient } from '../providers/keycloak/realm.ts';
import { PageVisitor } from '../providers/keycloak/page-visitor.ts';
import { refresh, takeTokens } from '../providers/keycloak/sign-in.ts';
import { openKeycloak, type KeycloakUnderTest } from './keycloak-under-test.ts';

let at: KeycloakUnderTest;
let accountId: string;
beforeEach(async () => {
  at = await openKeycloak();
  accountId = await at.signIn();
});
afterEach(() => expect(at.app.internal).toEqual([]));

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ' +
  'Version/18.0 Mobile/15E148 Safari/604.1';
const firefox = (version: string) =>
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:${version}) Gecko/20100101 Firefox/${version}`;

/** The same person in another browser; `offline_access` keeps the program's own session beyond it. */
const signInElsewhere = (userAgent: string, scope = 'openid', person = ada) =>
  takeTokens(at.keycloak.issuer, new PageVisitor(at.keycloak.base, userAgent), person, { scope });
const list = async () => (await at.app.calls.sessions.list({ accountId, from: 'provider' })).sessions;
const browserOf = ({ browser }: Session) => browser.name;
const findBy = async (name: string) => (await list()).find((session) => browserOf(session) === name)!;

describe('E8 R4 the sessions that Keycloak lists', () => {
  it('are the browser’s that the person signed in with, and others, each with what it tells', async () => {
    await signInElsewhere(iphone);
    const [current, phone] = await list();
    const now = Date.now();
    expect(current).toMatchObject({
      isCurrent: true,
      browser: { name: 'Firefox', version: '140.0' },
      os: { name: 'Linux', version: null },
      device: { vendor: null, model: null, type: null },
      ...{ ipAddress: '127.0.0.1', userAgent: null, cpu: null, lastAuthenticatedAt: null, programs: ['profile-desk'] },
    });
    expect(Math.abs(Date.parse(current!.createdAt!) - now)).toBeLessThan(60_000);
    expect(Math.abs(Date.parse(current!.lastModifiedAt!) - now)).toBeLessThan(60_000);
    expect(Date.parse(current!.expiresAt!) - Date.parse(current!.createdAt!)).toBe(36_000_000);
    expect(phone).toMatchObject({
      isCurrent: false,
      browser: { name: 'Mobile Safari', version: '18.0' },
      os: { name: 'iOS', version: '18.0' },
      device: { vendor: null, model: 'iPhone', type: 'mobile' },
    });
  });

  it('say no model where Keycloak puts several under one', async () => {
    await signInElsewhere(iphone);
    await signInElsewhere(iphone.replace('604.1', '604.2'));
    const phones = (await list()).filter(({ os }) => os.name === 'iOS');
    expect(phones.map(({ device }) => device)).toEqual(Array(2).fill({ vendor: null, model: null, type: 'mobile' }));
  });

  it('say unknown where Keycloak says Other or Unknown', async () => {
    await signInElsewhere('curious');
    expect((await list()).find(({ isCurrent }) => !isCurrent)).toMatchObject({
      browser: { name: null, version: null },
      os: { name: null, version: null },
    });
  });

  it('are also those that a program keeps beyond the browser, one for each id', async () => {
    await signInElsewhere(firefox('141.0'), 'openid offline_access');
    const kept = await findBy('Firefox');
    const [offline] = at.keycloak.realm.sessions.filter(({ isOffline }) => isOffline);
    expect((await list()).map(({ id }) => id)).toContain(offline!.id);
    expect(kept).toBeDefined();
    // The browser is signed in again, and Keycloak may give that session the same id.
    at.keycloak.realm.sessions.push({ ...offline!, isOffline: false, clients: new Map() });
    expect((await list()).filter(({ id }) => id === offline!.id)).toHaveLength(1);
  });
});

describe('E8 R4 the programs of a session', () => {
  it('go by their names where they have one', async () => {
    const session = at.keycloak.realm.sessions[0]!;
    session.clients.set(calendarClient, 'any');
    expect((await list())[0]!.programs).toEqual(['profile-desk', 'Team calendar']);
  });
});

describe('E9 R4 ending sessions', () => {
  it('ends one: neither of its tokens counts any more', async () => {
    const { refresh_token: token } = await signInElsewhere(iphone);
    const phone = await findBy('Mobile Safari');
    const { results, snapshot } = await at.app.calls.sessions.close({ accountId, ids: [phone.id] });
    expect(results).toEqual([{ id: phone.id, error: null }]);
    expect(snapshot!.sessions.map(({ isCurrent }) => isCurrent)).toEqual([true]);
    expect((await refresh(at.keycloak.issuer, token)).status).toBe(400);
  });

  it('ends all others, what programs keep too', async () => {
    await signInElsewhere(iphone);
    await signInElsewhere(firefox('141.0'), 'openid offline_access');
    const { results } = await at.app.calls.sessions.closeOthers({ accountId });
    expect(results.map(({ error }) => error)).toEqual([null, null]);
    expect((await list()).map(({ isCurrent }) => isCurrent)).toEqual([true]);
  });

  it('signs out here where the current one is among them', async () => {
    const [current] = await list();
    expect(await at.app.calls.sessions.close({ accountId, ids: [current!.id] })).toEqual({
      results: [{ id: current!.id, error: null }],
      snapshot: null,
    });
    expect((await at.app.calls.accounts.list()).accounts).toMatchObject([{ state: { kind: 'signed-out' } }]);
    expect(at.keycloak.realm.sessions).toEqual([]);
  });

  it('names the role that is missing, and ends nothing', async () => {
    accountId = await at.signInAfresh(vera);
    await signInElsewhere(iphone, 'openid', vera);
    const phone = await findBy('Mobile Safari');
    const error = { code: 'forbidden', permission: 'manage-account' };
    const { results } = await at.app.calls.sessions.close({ accountId, ids: [phone.id] });
    expect(results).toEqual([{ id: phone.id, error }]);
    expect(await list()).toHaveLength(2);
  });

  const closing = async () => (await at.app.calls.profile.get({ accountId, from: 'provider' })).operations;
  const needsRole = { kind: 'needs-permission', permission: 'manage-account' };

  it('R1 is offered by the roles in the token', async () => {
    expect(await closing()).toMatchObject({
      'sessions.close': { kind: 'editable' },
      'sessions.closeOthers': { kind: 'editable' },
    });
    accountId = await at.signInAfresh(vera);
    expect(await closing()).toMatchObject({ 'sessions.close': needsRole, 'sessions.closeOthers': needsRole });
  });

  it('R1 is offered until the first refusal where the token names no roles, and again at the next sign-in', async () => {
    at.keycloak.realm.switches.hasLightweightTokens = true;
    accountId = await at.signInAfresh(vera);
    expect(await closing()).toMatchObject({ 'sessions.closeOthers': { kind: 'editable' } });
    await signInElsewhere(iphone, 'openid', vera);
    await at.app.calls.sessions.closeOthers({ accountId });
    expect(await closing()).toMatchObject({ 'sessions.close': needsRole, 'sessions.closeOthers': needsRole });
    await at.app.calls.auth.signOut({ accountId, forget: false });
    accountId = await at.signInAfresh(vera);
    expect(await closing()).toMatchObject({ 'sessions.closeOthers': { kind: 'editable' } });
  });

  it('R1 D5 stays locked after a restart, without the service too; a role that is given opens it at once', async () => {
    // Shorter than the app goes on with one: each request brings a new token.
    Object.assign(at.keycloak.realm.switches, { hasLightweightTokens: true, accessTokenSeconds: 29 });
    accountId = await at.signInAfresh(vera);
    expect(await closing()).toMatchObject({ 'sessions.closeOthers': { kind: 'editable' } });
    await at.app.calls.sessions.closeOthers({ accountId });
    // Nobody asks for the profile: that it was refused is reason enough to read it.
    const cached = async () => (await at.app.calls.profile.get({ accountId, from: 'cache' })).operations;
    await expect.poll(cached).toMatchObject({ 'sessions.closeOthers': needsRole });
    await at.restart();
    expect(await cached()).toMatchObject({ 'sessions.closeOthers': needsRole });
    expect(await closing()).toMatchObject({ 'sessions.close': needsRole, 'sessions.closeOthers': needsRole });
    // The next token names its roles, and this is among them.
    at.keycloak.realm.switches.hasLightweightTokens = false;
    Object.assign(at.keycloak.realm.find('vera')!, { accountRoles: ['view-profile', 'manage-account'] });
    expect(await closing()).toMatchObject({ 'sessions.closeOthers': { kind: 'editable' } });
  });

  it('R1 stays offered after a refusal that no role mends', async () => {
    at.keycloak.realm.switches.hasLightweightTokens = true;
    accountId = await at.signInAfresh(ada);
    await signInElsewhere(iphone);
    at.keycloak.realm.refuses = { error: 'Invalid origin' };
    const { results } = await at.app.calls.sessions.close({ accountId, ids: [(await findBy('Mobile Safari')).id] });
    expect(results.map(({ error }) => error)).toEqual([{ code: 'forbidden' }]);
    expect(await closing()).toMatchObject({ 'sessions.close': { kind: 'editable' } });
  });
});
