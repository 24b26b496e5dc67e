import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createEmbeddedProvider } from '../../electron/services/embedded/embedded-provider.ts';
import type { KeyWrapper } from '../../electron/services/ports.ts';
import { silentLog } from '../../electron/services/testing/test-storage.ts';
import { createSecretBox } from '../../server/security/secret-box.ts';
import { hasOathtool, oathtool } from '../support/oathtool.ts';
import { noKeyWrapper, openApp, openKeyWrapper, type AppUnderTest } from '../integration/services-under-test.ts';
import { findSecrets, listFiles } from '../support/find-secrets.ts';
import { forkEmbeddedServer } from '../support/fork-embedded-server.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const target = { kind: 'embedded' } as const;

function open(folder: string, keyWrapper: KeyWrapper): Promise<AppUnderTest> {
  const clock = createSystemClock();
  const embedded = createEmbeddedProvider({
    fork: forkEmbeddedServer,
    folder: join(folder, 'embedded'),
    preset: 'control-account',
    clock,
    log: silentLog,
  });
  return openApp(join(folder, 'store'), { keyWrapper, embedded });
}

async function signIn(app: AppUnderTest) {
  const { demo } = await app.calls.accounts.inspect(target);
  if (!demo?.password) throw new Error('no demo account');
  return app.calls.auth.signIn({ target, identifier: demo.identifier, password: demo.password });
}

/** Turns two-step verification on, and has an API key made; gives what must lie nowhere in the clear. */
async function useSecrets(app: AppUnderTest): Promise<{ secret: string; codes: string[] }> {
  const signedIn = await signIn(app);
  if (signedIn.next !== 'done') throw new Error(signedIn.next);
  const { accountId } = signedIn;
  const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ accountId });
  const code = oathtool(otp.secret, '--totp');
  const { recoveryCodes } = await app.calls.mfa.confirmEnrolment({ enrolment, code, name: 'Phone' });
  return { secret: otp.secret, codes: recoveryCodes?.codes.map((each) => each.code) ?? [] };
}

/** Every sealed column that a key of 32 bytes opens which lies in some file of the folder, as a thief would try. */
function openWithKeysOf(folder: string): string[] {
  const keys = listFiles(folder).filter((file) => statSync(file).size === 32);
  const database = new DatabaseSync(join(folder, 'embedded', 'control-account.db'), { readOnly: true });
  const sealed = [
    ['mfa_devices', 'sealed_secret', 'mfa device', 'id'],
    ['mfa_enrolments', 'sealed_secret', 'mfa enrolment', 'id'],
    ['recovery_codes', 'sealed_code', 'recovery code', 'account_id'],
    ['api_keys', 'sealed_key', 'api key', 'account_id'],
  ].flatMap(([table, column, place, key]) =>
    database
      .prepare(
        `SELECT ${String(column)} AS text, ${String(key)} AS key FROM ${String(table)} WHERE ${String(column)} <> ''`,
      )
      .all()
      .map((row) => ({ text: String(row['text']), place: `${String(place)} ${String(row['key'])}` })),
  );
  database.close();
  expect(sealed.length).toBeGreaterThan(10);
  return keys.flatMap((file) => {
    const box = createSecretBox(readFileSync(file));
    return sealed.flatMap(({ text, place }) => {
      try {
        return [`${file} opens ${place}: ${box.open(text, place)}`];
      } catch {
        return [];
      }
    });
  });
}

describe.skipIf(!hasOathtool)('D3 C2 C3 secrets of the embedded account (skipped: oathtool is missing)', () => {
  it('are opened by nothing in the folder, nor lie there in the clear, after a session', async () => {
    using folder = makeTempFolder();
    const app = await open(folder.path, openKeyWrapper);
    const { secret, codes } = await useSecrets(app);
    await app.close();
    expect(openWithKeysOf(folder.path)).toEqual([]);
    expect(existsSync(join(folder.path, 'embedded', 'control-account.key'))).toBe(false);
    expect(findSecrets(folder.path, [secret, ...codes])).toEqual([]);
  });

  it('open by the key beside them until there is a key store; the account is the same', async () => {
    using folder = makeTempFolder();
    const before = await open(folder.path, noKeyWrapper);
    const { secret } = await useSecrets(before);
    await before.close();
    // Also proves that the search finds what is there to be found.
    expect(openWithKeysOf(folder.path).some((line) => line.endsWith(secret))).toBe(true);
    const after = await open(folder.path, openKeyWrapper);
    const asked = await signIn(after);
    await after.close();
    expect(asked.next).toBe('code');
    expect(openWithKeysOf(folder.path)).toEqual([]);
    const again = await open(folder.path, openKeyWrapper);
    expect((await signIn(again)).next).toBe('code');
    await again.close();
  });

  it('move into the vault once the person chose a passphrase; the account is the same', async () => {
    using folder = makeTempFolder();
    const before = await open(folder.path, noKeyWrapper);
    await useSecrets(before);
    const text = 'seven tulips behind the mill';
    const wish = { kind: 'new', text, hint: null } as const;
    await before.calls.vault.protect({ keyStore: false, passphrase: wish, current: null });
    await before.close();
    for (let run = 0; run < 2; run += 1) {
      const app = await open(folder.path, noKeyWrapper);
      await app.calls.vault.unlock({ passphrase: text });
      expect((await signIn(app)).next).toBe('code');
      await app.close();
      expect(openWithKeysOf(folder.path)).toEqual([]);
    }
  });

  it('go with the account: a new one has a new key', async () => {
    using folder = makeTempFolder();
    const app = await open(folder.path, openKeyWrapper);
    const signedIn = await signIn(app);
    if (signedIn.next !== 'done') throw new Error(signedIn.next);
    await app.calls.auth.signOut({ accountId: signedIn.accountId, forget: true });
    expect(listFiles(folder.path).filter((file) => file.includes('embedded'))).toEqual([]);
    expect((await signIn(app)).next).toBe('done');
    await app.close();
  });
});
