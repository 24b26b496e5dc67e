import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PageVisitor } from '../providers/keycloak/page-visitor.ts';
import { otto } from '../providers/keycloak/people.ts';
import { openAccount } from './account-under-test.ts';
import { openKeycloak, type KeycloakUnderTest } from './keycloak-under-test.ts';

let at: KeycloakUnderTest;
let accountId: string;
beforeEach(async () => {
  at = await openKeycloak();
  accountId = await at.signIn();
});
afterEach(() => expect(at.app.internal).toEqual([]));

const begin = () => at.app.calls.handOff.begin({ accountId, operation: 'password.change' });
const newPassword = { 'password-new': 'Rainy-garden-43', 'password-confirm': 'Rainy-garden-43' };

/** What the person does on the page, until the browser is sent back to the app. */
async function fill(typed: Readonly<Record<string, string>>): Promise<void> {
  const page = await at.visit();
  await fetch((await at.visitor.submit(page, typed)).address);
}

/** Comes back with an address of somebody's own making. */
function comeBackWith(claim: string): Promise<Response> {
  const asked = at.opened.at(-1)!.searchParams;
  const query = `state=${asked.get('state') ?? ''}&kc_action=UPDATE_PASSWORD&kc_action_status=${claim}`;
  return fetch(`${asked.get('redirect_uri') ?? ''}?${query}`);
}

describe('R1 R4 an operation that a page of the service does', () => {
  it('is named so for the screens, with whose page it is', async () => {
    const { operations } = await at.app.calls.profile.get({ accountId, from: 'provider' });
    const page = new URL(at.keycloak.base).host;
    expect(operations['password.change']).toEqual({ kind: 'hand-off', page, comesBack: true });
  });

  it('is done once the service tells something else than before', async () => {
    const { attempt, page, comesBack, address } = await begin();
    expect([page, comesBack, address]).toEqual([new URL(at.keycloak.base).host, true, null]);
    expect(at.opened.at(-1)!.searchParams.get('kc_action')).toBe('UPDATE_PASSWORD');
    const ending = at.app.calls.handOff.finish({ attempt });
    await fill(newPassword);
    expect(await ending).toEqual({ outcome: 'done' });
    await expect(comeBackWith('success'), 'nobody listens any more').rejects.toThrow();
  });

  it('is cancelled where the person says so on the page', async () => {
    const { attempt } = await begin();
    const ending = at.app.calls.handOff.finish({ attempt });
    await fill({ 'cancel-aia': 'true' });
    expect(await ending).toEqual({ outcome: 'cancelled' });
  });

  it.each([
    ['success', 'unknown'],
    ['error', 'not-shown'],
    ['cancelled', 'cancelled'],
    ['moonlight', 'unknown'],
  ] as const)('is not believed to be done by the address alone: %s', async (claim, outcome) => {
    const { attempt } = await begin();
    const ending = at.app.calls.handOff.finish({ attempt });
    await comeBackWith(claim);
    expect(await ending).toEqual({ outcome });
  });

  it('is done also where the address says that it was cancelled', async () => {
    const { attempt } = await begin();
    const ending = at.app.calls.handOff.finish({ attempt });
    const page = await at.visit();
    await at.visitor.submit(page, newPassword);
    await comeBackWith('cancelled');
    expect(await ending).toEqual({ outcome: 'done' });
  });

  it('is a conflict where somebody else was signed in in the browser, whose password is another', async () => {
    const { attempt } = await begin();
    const ending = expect(at.app.calls.handOff.finish({ attempt })).rejects.toMatchObject({
      code: 'conflict',
      details: { reason: 'another-person' },
    });
    const another = new PageVisitor(at.keycloak.base);
    const form = await another.open(at.opened.at(-1)!);
    const { username, password } = otto;
    const page = await another.submit(form, { username, password }, 'kc-form-login');
    await fetch((await another.submit(page, newPassword)).address);
    await ending;
  });

  it('is looked up when the person says that they are done, before the browser comes back', async () => {
    const { attempt } = await begin();
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'unknown' });
    await at.visitor.submit(await at.visit(), newPassword);
    expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'done' });
    expect(await at.app.calls.handOff.finish({ attempt })).toEqual({ outcome: 'done' });
  });

  it('is opened again, and called off here', async () => {
    const { attempt } = await begin();
    expect(await at.app.calls.handOff.openAgain({ attempt })).toMatchObject({ attempt, address: null });
    expect(at.opened.at(-1)).toEqual(at.opened.at(-2));
    await at.app.calls.handOff.cancel({ attempt });
    expect(await at.app.calls.handOff.finish({ attempt })).toEqual({ outcome: 'cancelled' });
    await expect(comeBackWith('success')).rejects.toThrow();
  });

  it('ends with the session, and with another one that begins', async () => {
    const first = await begin();
    const second = await begin();
    await expect(at.app.calls.handOff.check({ attempt: first.attempt })).rejects.toMatchObject({ code: 'not-found' });
    const ending = at.app.calls.handOff.finish({ attempt: second.attempt });
    await at.app.calls.auth.signOut({ accountId, forget: false });
    expect(await ending).toEqual({ outcome: 'cancelled' });
  });

  it('is refused where the app can do it, or the service cannot', async () => {
    const operation = 'password.change' as const;
    await expect(at.app.calls.handOff.begin({ accountId, operation: 'sshKeys.add' })).rejects.toMatchObject({
      code: 'not-offered',
    });
    await using reference = await openAccount();
    await expect(
      reference.app.calls.handOff.begin({ accountId: reference.accountId, operation }),
    ).rejects.toMatchObject({ code: 'not-offered' });
  });
});
