import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../../electron/services/core/clock.ts';
import { createCxoneProvider } from '../../../../electron/services/provider/cxone/create-cxone-provider.ts';
import { createElasticIoProvider } from '../../../../electron/services/provider/elastic-io/create-elastic-io-provider.ts';
import { createGiteaProvider } from '../../../../electron/services/provider/gitea/create-gitea-provider.ts';
import { createGithubProvider } from '../../../../electron/services/provider/github/create-github-provider.ts';
import { createGitlabProvider } from '../../../../electron/services/provider/gitlab/create-gitlab-provider.ts';
import { createGlewlwydProvider } from '../../../../electron/services/provider/glewlwyd/create-glewlwyd-provider.ts';
import { createKeycloakProvider } from '../../../../electron/services/provider/keycloak/create-keycloak-provider.ts';
import { createKratosProvider } from '../../../../electron/services/provider/kratos/create-kratos-provider.ts';
import type { Provider } from '../../../../electron/services/provider/provider.ts';
import { createReferenceProvider } from '../../../../electron/services/provider/reference/create-reference-provider.ts';
import { createWacmProvider } from '../../../../electron/services/provider/wacm/create-wacm-provider.ts';
import { noKeyWrapper } from '../../../integration/services-under-test.ts';
import { atDesk, type Desk } from '../desk.ts';
import type { Service, World } from '../world.ts';

const options = { clock: createSystemClock(), version: '0.0.0' };
const providers: readonly Provider[] = [
  createReferenceProvider(options),
  createKeycloakProvider(options),
  createGlewlwydProvider(options),
  createGiteaProvider(options),
  createElasticIoProvider(options),
  createCxoneProvider(options),
  createWacmProvider(options),
  createGitlabProvider(options),
  createKratosProvider(options),
  createGithubProvider(options),
];

export function describeSigningIn(
  { kind, ways, isShared = false, hasNoSessions = false }: Service,
  world: () => World,
): void {
  const findService = async ({ app, target }: Desk) =>
    expect(await app.calls.accounts.inspect(target)).toMatchObject({ kind, address: target.address, ways });

  describe('R2 finding the service', () => {
    it('is possible by its address, and by its own provider alone', async () => {
      await atDesk(world(), findService, { isSignedIn: false });
      const strangers = providers.filter((each) => each.kind !== kind);
      for (const stranger of strangers)
        await expect(stranger.describe(world().address), stranger.kind).rejects.toMatchObject({
          code: 'untrusted-answer',
        });
    });
  });

  describe('R2 W1 signing in', () => {
    it('is possible in each of its ways, and tells who this is', () =>
      eachWay(world(), async (desk, way) => {
        const accountId = await desk.signIn(way);
        const { accounts } = await desk.app.calls.accounts.list();
        expect(accounts, way).toMatchObject([
          { id: accountId, kind, person: { email: desk.person.email }, state: { kind: 'online' } },
        ]);
        const { sections } = await desk.read();
        expect(sections.user.values.firstName, way).toBe(desk.person.firstName);
        await desk.restart();
        expect(await desk.read(), way).toMatchObject({ source: 'provider' });
        // Else no test would notice where its tokens end up.
        expect(world().issued().length > 0 || isShared, 'something was issued').toBe(true);
      }));

    it('is refused to whoever does not know the password, and leaves nothing here', () =>
      atDesk(
        world(),
        async (desk) => {
          await world().signInWrongly(desk, desk.person);
          expect((await desk.app.calls.accounts.list()).accounts).toEqual([]);
        },
        { isSignedIn: false },
      ));

    it('D3 leaves no file where there is no key store', () =>
      atDesk(world(), async (desk) => expect(desk.files()).toEqual([]), { ports: { keyWrapper: noKeyWrapper } }));

    it('binds nobody else to an account that is signed in again', () =>
      atDesk(world(), async (desk) => {
        const { accountId, person } = desk;
        await desk.app.calls.auth.signOut({ accountId, forget: false });
        const [signIn] = Object.values(world().signIns);
        const another = await world().makePerson();
        const came = await signIn!(desk, another, accountId).catch((error: unknown) => error);
        expect(came).not.toBe(accountId);
        const { accounts } = await desk.app.calls.accounts.list();
        expect(accounts.find(({ id }) => id === accountId)).toMatchObject({
          person: { email: person.email },
          state: { kind: 'signed-out' },
        });
      }));

    it('comes back to the account that is there', () =>
      atDesk(world(), async (desk) => {
        const { accountId, person } = desk;
        await desk.app.calls.auth.signOut({ accountId, forget: false });
        const [signIn] = Object.values(world().signIns);
        expect(await signIn!(desk, person, accountId)).toBe(accountId);
        expect(await desk.state()).toMatchObject({ kind: 'online' });
      }));
  });

  describe('D3 signing out', () => {
    it('ends the session there, a pasted token if that is asked for', () =>
      atDesk(world(), async (desk) => {
        const other = await desk.connect();
        if (!hasNoSessions) expect(await other.countSessions()).toBe(2);
        const [account] = (await desk.app.calls.accounts.list()).accounts;
        const asked = { accountId: desk.accountId, forget: true, ...(account!.isPasted && { revoke: true }) };
        const signedOut = await desk.app.calls.auth.signOut(asked);
        expect(signedOut).toEqual({ providerNotified: true });
        if (hasNoSessions) expect(await other.isSignedIn(), 'what all share stays').toBe(true);
        else expect(await other.countSessions()).toBe(1);
        expect(await desk.state()).toBeUndefined();
      }));
  });
}

async function eachWay(world: World, act: (desk: Desk, way: string) => Promise<void>): Promise<void> {
  for (const way of Object.keys(world.signIns)) await atDesk(world, (desk) => act(desk, way), { isSignedIn: false });
}
