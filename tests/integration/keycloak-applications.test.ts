import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ada, vera, type Person } from '../providers/keycloak/people.ts';
import { calendarClient } from '../providers/keycloak/realm.ts';
import { PageVisitor } from '../providers/keycloak/page-visitor.ts';
import { authorize, exchange, refresh, signInAt, takeTokens, type Tokens } from '../providers/keycloak/sign-in.ts';
import { openKeycloak, type KeycloakUnderTest } from './keycloak-under-test.ts';

let at: KeycloakUnderTest;
let accountId: string;
beforeEach(async () => {
  at = await openKeycloak();
  accountId = await at.signIn();
});
afterEach(() => expect(at.app.internal).toEqual([]));

/** The person says yes to the calendar, in a browser of their own; it gets tokens. */
async function letCalendarIn(person: Person = ada): Promise<Tokens> {
  const { base, issuer } = at.keycloak;
  const [visitor, authorization] = [new PageVisitor(base), authorize(issuer, {}, calendarClient)];
  const back = await visitor.submit(await signInAt(visitor, authorization, person), { accept: 'Yes' });
  return (await (await exchange(issuer, authorization, back)).json()) as Tokens;
}

const read = (from: 'provider' | 'cache' = 'provider') => at.app.calls.applications.list({ accountId, from });
const withdraw = (applicationId = calendarClient) => at.app.calls.applications.withdraw({ accountId, applicationId });
const idsOf = ({ applications }: Awaited<ReturnType<typeof read>>) => applications.map(({ id }) => id);

describe('R4 applications with access', () => {
  it('are told with what they were granted and since when, those that can be withdrawn first', async () => {
    await letCalendarIn();
    expect((await read()).applications).toEqual([
      {
        ...{ id: calendarClient, name: 'Team calendar', description: '', site: 'calendar.example' },
        ...{ grants: ['User roles', 'User profile', 'Email address'], isInUse: true, hasOfflineAccess: false },
        ...{ grantedAt: expect.stringMatching(/^20.*Z$/) as string, isThisApp: false, canWithdraw: true },
      },
      {
        ...{ id: 'profile-desk', name: 'profile-desk', description: '', site: null, grants: [], grantedAt: null },
        ...{ isInUse: true, hasOfflineAccess: false, isThisApp: true, canWithdraw: false },
      },
    ]);
  });

  it('lose it at once: no token of theirs counts any more, and every screen hears of it', async () => {
    const { refresh_token: token } = await letCalendarIn();
    const snapshot = await withdraw();
    expect(idsOf(snapshot)).toEqual(['profile-desk']);
    expect((await refresh(at.keycloak.issuer, token, calendarClient)).status).toBe(400);
    expect(at.app.events).toContainEqual(
      expect.objectContaining({ channel: 'applications.changed', payload: snapshot }),
    );
  });

  it('that stay while nobody is there can be withdrawn without a consent', async () => {
    const { base, issuer } = at.keycloak;
    const tokens = await takeTokens(issuer, new PageVisitor(base), ada, { scope: 'openid offline_access' }, 'stranger');
    expect((await read()).applications[0]).toMatchObject({ id: 'stranger', hasOfflineAccess: true, canWithdraw: true });
    await withdraw('stranger');
    expect((await refresh(issuer, tokens.refresh_token, 'stranger')).status).toBe(400);
  });

  it('that nobody knows are not found; withdrawn twice is withdrawn', async () => {
    await letCalendarIn();
    await withdraw();
    await withdraw();
    await expect(withdraw('nobody')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('D5 are seen offline as they were, after a restart too, and gone with the account', async () => {
    await letCalendarIn();
    const { applications, takenAt } = await read();
    await at.restart();
    expect(await read('cache')).toMatchObject({ source: 'cache', takenAt, applications });
    await at.app.calls.auth.signOut({ accountId, forget: true });
    await expect(read('cache')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('X6 are hidden from whoever lacks the role, by its name; withdrawing names another', async () => {
    accountId = await at.signInAfresh(vera);
    await expect(read()).rejects.toMatchObject({ code: 'forbidden', details: { permission: 'view-applications' } });
    await expect(withdraw()).rejects.toMatchObject({ code: 'forbidden', details: { permission: 'manage-account' } });
    const { operations } = await at.app.calls.profile.get({ accountId, from: 'provider' });
    expect(operations['applications.withdraw']).toEqual({ kind: 'needs-permission', permission: 'manage-account' });
  });

  it('may be withdrawn by whoever has that role alone', async () => {
    const person = at.keycloak.realm.find('vera')!;
    Object.assign(person, { accountRoles: ['view-profile', 'view-applications', 'manage-consent'] });
    accountId = await at.signInAfresh(vera);
    await letCalendarIn(vera);
    const { operations } = await at.app.calls.profile.get({ accountId, from: 'provider' });
    expect(operations['applications.withdraw']).toEqual({ kind: 'editable' });
    expect(idsOf(await withdraw())).toEqual(['profile-desk']);
  });
});
