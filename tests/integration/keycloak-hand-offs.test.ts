import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../shared/contract/account/operations.ts';
import { ada, adaAtPartner, otto } from '../providers/keycloak/people.ts';
import { hasForm, readField, type Page } from '../providers/keycloak/page-visitor.ts';
import { makeCredential, type StoredCredential } from '../providers/stand-ins/keycloak/realm-state.ts';
import { openKeycloak, type KeycloakUnderTest } from './keycloak-under-test.ts';

let at: KeycloakUnderTest;
let accountId: string;
beforeEach(async () => {
  at = await openKeycloak();
  accountId = await at.signIn();
  // What the sign-in read is given to the first who asks.
  await operations();
});
afterEach(() => expect(at.app.internal).toEqual([]));

const stored = () => at.keycloak.realm.find('ada')!;
const status = () => at.app.calls.mfa.status({ accountId });
const operations = async () => (await at.app.calls.profile.get({ accountId, from: 'provider' })).operations;
const asked = (name: string) => at.opened.at(-1)!.searchParams.get(name);

function give(type: StoredCredential['type'], secret: string, label?: string): StoredCredential {
  const credential = makeCredential(type, secret, label);
  stored().credentials.push(credential);
  return credential;
}

const handOff = (operation: Operation, act: (page: Page) => Promise<Page>, of?: string) =>
  at.handOff({ accountId, operation, of }, act);
const press = (page: Page) => at.visitor.submit(page, {});
const cancel = (page: Page) => at.visitor.submit(page, { 'cancel-aia': 'true' });
const stay = async (page: Page) => page;

describe('W10 R4 a second step at Keycloak', () => {
  it('is told: devices, passkeys, and how many recovery codes are left', async () => {
    expect(await status()).toMatchObject({ isOn: false, devices: [], passkeys: [], recoveryCodes: null, offers: [] });
    const phone = give('otp', 'secret', 'Phone');
    const laptop = give('webauthn-passwordless', 'a key', 'Laptop');
    give('recovery-authn-codes', 'a,b,c');
    const createdAt = (credential: StoredCredential) => new Date(credential.createdDate).toISOString();
    expect(await status()).toMatchObject({
      isOn: true,
      isForced: false,
      devices: [{ id: phone.id, name: 'Phone', type: 'totp', createdAt: createdAt(phone) }],
      passkeys: [{ id: laptop.id, name: 'Laptop', createdAt: createdAt(laptop) }],
      recoveryCodes: { total: 12, remaining: 3 },
    });
    expect('lastUsedAt' in (await status()).devices[0]!, 'Keycloak does not tell').toBe(false);
  });

  it.each(['Büro – Telefon', '42', 'true', '"Phone"', ''])('is named otherwise here: %s', async (name) => {
    const [phone, laptop] = [give('otp', 'secret', 'Phone'), give('webauthn-passwordless', 'a key', 'Laptop')];
    for (const { id: deviceId } of [phone, laptop]) await at.app.calls.mfa.renameDevice({ accountId, deviceId, name });
    expect([phone.userLabel, laptop.userLabel]).toEqual([name, name]);
    expect(await status()).toMatchObject({ devices: [{ id: phone.id, name }], passkeys: [{ id: laptop.id, name }] });
    expect(at.app.events.filter(({ channel }) => channel === 'mfa.changed')).toHaveLength(2);
  });

  it('is not named as another of its kind, nor for want of the role, nor once it is gone', async () => {
    give('otp', 'secret', 'Phone');
    const { id: deviceId } = give('otp', 'another', 'Tablet');
    const rename = (name: string, of = deviceId) => at.app.calls.mfa.renameDevice({ accountId, deviceId: of, name });
    const taken = { code: 'invalid-request', details: { fields: { name: { code: 'duplicate' } } } };
    await expect(rename('Phone')).rejects.toMatchObject(taken);
    await expect(rename('Mine', 'nothing')).rejects.toMatchObject({ code: 'not-found' });
    Object.assign(stored(), { accountRoles: ['view-profile'] });
    await expect(rename('Mine')).rejects.toMatchObject({
      ...{ code: 'forbidden', details: { permission: 'manage-account' } },
    });
    expect((await operations())['mfa.renameDevice']).toMatchObject({ kind: 'needs-permission' });
  });

  it('is set up on its page', async () => {
    const addPhone = (page: Page) => {
      const secret = Secret.fromUTF8(readField(page, 'totpSecret'));
      return at.visitor.submit(page, { totp: new TOTP({ secret }).generate(), userLabel: 'Phone' });
    };
    expect(await handOff('mfa.enrol', addPhone)).toBe('done');
    expect((await status()).devices).toMatchObject([{ name: 'Phone' }]);
  });

  it('loses one device on its page, the one that was chosen', async () => {
    const [phone, tablet] = [give('otp', 'secret', 'Phone'), give('otp', 'other', 'Tablet')];
    expect(await handOff('mfa.removeDevice', press, tablet.id)).toBe('done');
    expect(asked('kc_action')).toBe(`delete_credential:${tablet.id}`);
    expect((await status()).devices.map(({ id }) => id)).toEqual([phone.id]);
  });

  it('opens no page for what is no device: the password’s would be shown, and nobody would come back', async () => {
    give('otp', 'secret', 'Phone');
    const passkey = give('webauthn-passwordless', 'a key', 'Laptop');
    const password = stored().credentials.find(({ type }) => type === 'password')!;
    for (const of of [password.id, passkey.id, 'nothing', undefined])
      await expect(handOff('mfa.removeDevice', stay, of)).rejects.toMatchObject({ code: 'not-found' });
    expect(at.opened).toHaveLength(1);
  });

  it('adds and removes passkeys on its pages', async () => {
    const register = (page: Page) => at.visitor.submit(page, { authenticatorLabel: 'Laptop' }, 'register');
    expect(await handOff('passkeys.add', register)).toBe('done');
    const { passkeys } = await status();
    expect(passkeys).toMatchObject([{ name: 'Laptop' }]);
    expect(await handOff('passkeys.remove', press, passkeys[0]!.id)).toBe('done');
    expect((await status()).passkeys).toEqual([]);
  });

  it('E5 replaces recovery codes on its page', async () => {
    const old = give('recovery-authn-codes', 'a,b,c');
    expect(await handOff('recoveryCodes.renew', cancel)).toBe('cancelled');
    expect(await handOff('recoveryCodes.renew', press)).toBe('done');
    expect((await status()).recoveryCodes).toMatchObject({ remaining: 12 });
    expect(stored().credentials).not.toContain(old);
  });

  it('E5 does not take a code that was used to sign in on the way for a new set', async () => {
    const codes = give('recovery-authn-codes', 'a,b,c');
    const spend = (page: Page) => {
      codes.secret = 'b,c';
      return cancel(page);
    };
    expect(await handOff('recoveryCodes.renew', spend)).toBe('cancelled');
  });
});

describe('R1 R4 which pages there are', () => {
  it('is what the realm asks of its people', async () => {
    const handed = { kind: 'hand-off', page: new URL(at.keycloak.base).host, comesBack: true };
    const offered = await operations();
    const pages: Operation[] = ['password.change', 'email.change', 'mfa.enrol', 'mfa.removeDevice', 'passkeys.add'];
    for (const each of [...pages, 'passkeys.remove', 'recoveryCodes.renew', 'linkedAccounts.link'] as const)
      expect(offered[each], each).toEqual(handed);
    for (const each of ['mfa.turnOff', 'mfa.useSecret', 'recoveryCodes.show', 'avatar.change'] as const)
      expect(offered[each], each).toBeUndefined();
    Object.assign(at.keycloak.realm.switches, { hasRecoveryCodes: false, hasPasskeys: false });
    const fewer = await operations();
    for (const each of ['recoveryCodes.renew', 'passkeys.add', 'passkeys.remove'] as const)
      expect(fewer[each], each).toBeUndefined();
    await expect(handOff('passkeys.add', stay)).rejects.toMatchObject({ code: 'not-offered' });
  });

  it('tells Keycloak who is expected', async () => {
    await handOff('password.change', cancel);
    expect(asked('login_hint')).toBe('ada');
  });

  it('notes a page that the realm does not show, until the next sign-in', async () => {
    at.keycloak.realm.switches.deletesAccounts = false;
    expect(await handOff('deletion.remove', askedAgain)).toBe('not-shown');
    expect((await operations())['deletion.remove']).toBeUndefined();
    await at.app.calls.auth.signOut({ accountId, forget: false });
    accountId = await at.signInAfresh(ada);
    expect((await operations())['deletion.remove']).toMatchObject({ kind: 'hand-off' });
  });

  it('notes nothing that somebody else’s address claims', async () => {
    const forge = async () => ({
      address: new URL(`${asked('redirect_uri')!}?state=${asked('state')!}&kc_action_status=error`),
      ...{ status: 0, html: '' },
    });
    expect(await handOff('password.change', forge)).toBe('not-shown');
    expect((await operations())['password.change']).toMatchObject({ kind: 'hand-off' });
  });
});

describe('E2 R4 another e-mail address', () => {
  const type = (email: string) => (page: Page) => at.visitor.submit(page, { email });

  it('is taken on its page', async () => {
    expect(await handOff('email.change', type('new@staff.example'))).toBe('done');
    const { sections } = await at.app.calls.profile.get({ accountId, from: 'provider' });
    expect(sections.contact.values.email).toBe('new@staff.example');
  });

  it('waits for a mail where the realm sends one: nothing comes back, and the link makes it done', async () => {
    at.keycloak.realm.switches.verifiesEmail = true;
    const { attempt, mayWaitForMail } = await at.app.calls.handOff.begin({ accountId, operation: 'email.change' });
    expect(mayWaitForMail).toBe(true);
    const ending = at.app.calls.handOff.finish({ attempt });
    expect((await type('new@staff.example')(await at.visit())).status).toBe(200);
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'unknown' });
    at.keycloak.realm.confirmEmail(stored());
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'done' });
    expect(await ending).toEqual({ outcome: 'done' });
  });

  it('has no page where the app changes it itself', async () => {
    at.keycloak.realm.switches.updatesEmailByAction = false;
    await expect(handOff('email.change', stay)).rejects.toMatchObject({ code: 'not-offered' });
  });
});

/** Keycloak asks who is there before it deletes, unless the sign-in is of this very second. */
async function askedAgain(page: Page): Promise<Page> {
  const { username, password } = ada;
  return hasForm(page, 'kc-form-login') ? at.visitor.submit(page, { username, password }, 'kc-form-login') : page;
}

describe('E10 R4 the end of an account', () => {
  const begin = () => at.app.calls.handOff.begin({ accountId, operation: 'deletion.remove' });
  const confirm = async () => press(await askedAgain(await at.visit()));
  const theAccount = async () => (await at.app.calls.accounts.list()).accounts[0];

  it('is done on its page, from where nobody comes back: neither token counts any more', async () => {
    expect(await at.app.calls.deletion.get({ accountId })).toMatchObject({ refusal: null, keeps: [] });
    const { attempt } = await begin();
    const ending = at.app.calls.handOff.finish({ attempt });
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'unknown' });
    expect((await confirm()).status).toBe(200);
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'done' });
    expect(await ending).toEqual({ outcome: 'done' });
    // A session that ends by itself looks the same, so what is kept here stays until the person says so.
    await expect(at.app.calls.deletion.get({ accountId })).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await theAccount()).toMatchObject({ mayBeDeleted: true, state: { kind: 'signed-out', sessionEnded: true } });
  });

  it('is done also where another request hears of it first', async () => {
    const { attempt } = await begin();
    const ending = at.app.calls.handOff.finish({ attempt });
    await confirm();
    await at.app.calls.accounts.check({ id: accountId });
    expect(await ending).toEqual({ outcome: 'done' });
    expect(await theAccount()).toMatchObject({ mayBeDeleted: true, state: { kind: 'signed-out' } });
  });

  it('is not done for somebody whom only the account API refuses', async () => {
    const { attempt } = await begin();
    stored().accountRoles = [];
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'unknown' });
  });

  it('is cancelled on its page', async () => {
    expect(await handOff('deletion.remove', async (page) => cancel(await askedAgain(page)))).toBe('cancelled');
    expect(await theAccount()).toMatchObject({ mayBeDeleted: false, state: { kind: 'online' } });
  });

  it('X6 wants a role that few have, by its name', async () => {
    accountId = await at.signInAfresh(otto);
    expect((await operations())['deletion.remove']).toEqual({ kind: 'needs-permission', permission: 'delete-account' });
  });
});

describe('C3 R4 linking an account', () => {
  const atPartner = { username: adaAtPartner.username, password: adaAtPartner.password };
  const linkThere = async (page: Page) => at.visitor.submit(await press(page), atPartner, 'kc-form-login');

  it('is done on its page, with the provider that was chosen', async () => {
    const { providers } = await at.app.calls.linkedAccounts.get({ accountId });
    expect(providers).toEqual([{ id: 'partner', name: 'Partner House' }]);
    expect(await handOff('linkedAccounts.link', linkThere, 'partner')).toBe('done');
    expect(asked('kc_action')).toBe('idp_link:partner');
    expect(await at.app.calls.linkedAccounts.get({ accountId })).toMatchObject({
      access: { kind: 'editable' },
      providers: [],
      linkedAccounts: [{ id: 'partner', provider: 'Partner House', label: 'ada.berg', addedAt: null }],
    });
  });

  it('is cancelled on its page, and not begun with a provider that is not there', async () => {
    expect(await handOff('linkedAccounts.link', cancel, 'partner')).toBe('cancelled');
    for (const of of ['nobody', undefined])
      await expect(handOff('linkedAccounts.link', stay, of)).rejects.toMatchObject({ code: 'not-found' });
    const link = at.app.calls.linkedAccounts.link({ accountId, providerId: 'partner' });
    await expect(link, 'no page but its own').rejects.toMatchObject({ code: 'not-offered' });
  });

  it('is open where it is somebody else’s: nobody comes back from that page', async () => {
    at.keycloak.realm.find('otto')!.links.set('partner', atPartner.username);
    const { attempt } = await at.app.calls.handOff.begin({
      accountId,
      operation: 'linkedAccounts.link',
      of: 'partner',
    });
    expect((await linkThere(await at.visit())).status).toBe(400);
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'unknown' });
  });

  const unlink = () => at.app.calls.linkedAccounts.unlink({ accountId, linkedAccountId: 'partner' });

  it('is undone here', async () => {
    stored().links.set('partner', atPartner.username);
    expect((await unlink()).linkedAccounts).toEqual([]);
    expect(stored().links.size).toBe(0);
  });

  it('is not undone twice, nor where it is the last way in', async () => {
    await expect(unlink()).rejects.toMatchObject({ code: 'not-found' });
    stored().links.set('partner', atPartner.username);
    stored().credentials = [];
    await expect(unlink()).rejects.toMatchObject({ code: 'forbidden', details: { reason: 'last-way-in' } });
  });
});
