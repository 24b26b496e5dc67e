import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../shared/contract/account/operations.ts';
import { noKeyWrapper, openKeyWrapper } from '../integration/services-under-test.ts';
import { openKeycloak, type KeycloakUnderTest } from '../integration/keycloak-under-test.ts';
import { ada, otto } from '../providers/keycloak/people.ts';
import { PageVisitor, readField, type Page } from '../providers/keycloak/page-visitor.ts';
import { findSecrets, listFiles } from '../support/find-secrets.ts';
import { createListeningLog } from '../support/listening-log.ts';

/** All that passes between the app, the browser and Keycloak that no file, screen or log may have. */
class Run {
  readonly at: KeycloakUnderTest;
  readonly secrets = new Set<string>([ada.password]);
  /** What the screens were answered. */
  readonly told: unknown[] = [];

  constructor(at: KeycloakUnderTest) {
    this.at = at;
  }

  async tell<T>(answer: Promise<T>): Promise<T> {
    const value = await answer;
    this.told.push(value);
    return value;
  }

  /** The browser goes back to the app with a code. */
  async comeBack({ address }: Page): Promise<void> {
    this.secrets.add(address.searchParams.get('code')!);
    await fetch(address);
  }

  async signIn(): Promise<string> {
    const attempt = await this.at.beginSignIn();
    const ending = this.tell(this.at.app.calls.auth.finishBrowserSignIn({ attempt }));
    await this.comeBack(await this.at.visit());
    const result = await ending;
    if (result.next !== 'done') throw new Error(result.next);
    return result.accountId;
  }

  async handOff(accountId: string, operation: Operation, act: (page: Page) => Promise<Page>): Promise<unknown> {
    const { attempt } = await this.tell(this.at.app.calls.handOff.begin({ accountId, operation }));
    const ending = this.tell(this.at.app.calls.handOff.finish({ attempt })).catch((error: unknown) => error);
    await this.comeBack(await act(await this.at.visit()));
    this.told.push(await ending);
    return ending;
  }

  async read(accountId: string): Promise<void> {
    const { calls } = this.at.app;
    await this.tell(calls.profile.get({ accountId, from: 'provider' }));
    await this.tell(calls.sessions.list({ accountId, from: 'provider' }));
    await this.tell(calls.mfa.status({ accountId }));
    await this.tell(calls.linkedAccounts.get({ accountId }));
    await this.tell(calls.accounts.list());
  }
}

/**
 * Signs in, has tokens renewed, changes the password and adds a device on Keycloak's pages, and meets somebody else
 * there.
 */
async function useKeycloak(run: Run): Promise<void> {
  const { at, secrets } = run;
  // So short that each request renews the token.
  at.keycloak.realm.switches.accessTokenSeconds = 29;
  const accountId = await run.signIn();
  await run.read(accountId);
  const password = 'Rainy-garden-43';
  secrets.add(password);
  const retype = (page: Page) => at.visitor.submit(page, { 'password-new': password, 'password-confirm': password });
  expect(await run.handOff(accountId, 'password.change', retype)).toEqual({ outcome: 'done' });
  const addDevice = (page: Page) => {
    const secret = Secret.fromUTF8(readField(page, 'totpSecret'));
    secrets.add(readField(page, 'totpSecret')).add(secret.base32);
    return at.visitor.submit(page, { totp: new TOTP({ secret }).generate(), userLabel: 'Phone' });
  };
  expect(await run.handOff(accountId, 'mfa.enrol', addDevice)).toEqual({ outcome: 'done' });
  at.visitor = new PageVisitor(at.keycloak.base);
  const asOtto = async () => {
    const form = await at.visitor.open(at.opened.at(-1)!);
    const page = await at.visitor.submit(form, { username: otto.username, password: otto.password }, 'kc-form-login');
    return at.visitor.submit(page, { 'cancel-aia': 'true' });
  };
  expect(await run.handOff(accountId, 'recoveryCodes.renew', asOtto)).toMatchObject({ code: 'conflict' });
  await run.read(accountId);
}

describe('D2 D3 R4 after a run with Keycloak', () => {
  it.each([
    ['open', openKeyWrapper],
    ['absent', noKeyWrapper],
  ])(
    'none of its secrets is in a file, a log, or anything that a screen was told, key store %s',
    async (state, keyWrapper) => {
      const { lines, log } = createListeningLog();
      const at = await openKeycloak({ keyWrapper, log });
      const run = new Run(at);
      await useKeycloak(run);
      // A token is found by its signature too, whatever becomes of the rest.
      const tokens = at.keycloak.issued.flatMap((token) => [token, token.split('.').at(-1)!]);
      const secrets = [...run.secrets, ...tokens];
      expect(at.keycloak.issued.length, 'of sign-in, renewals and pages').toBeGreaterThan(12);
      expect(run.secrets.size).toBe(8);
      const told = JSON.stringify([...run.told, ...at.app.events]);
      await at.restart();
      expect(listFiles(at.folder).length > 0).toBe(state === 'open');
      expect(findSecrets(at.folder, secrets)).toEqual([]);
      expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
      expect(secrets.filter((secret) => lines.join('\n').includes(secret))).toEqual([]);
      expect(at.app.internal).toEqual([]);
    },
  );
});
