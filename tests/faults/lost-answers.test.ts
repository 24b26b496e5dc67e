import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { contactCenter } from '../../server/presets/contact-center.ts';
import { controlAccount } from '../../server/presets/control-account.ts';
import { platform } from '../../server/presets/platform.ts';
import type { Preset } from '../../server/presets/preset.ts';
import type { ErrorShape } from '../../shared/contract/error-shape.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { run } from '../support/ssh-tools.ts';
import { startKeyWorker } from '../support/start-key-worker.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { hasOathtool, openAccount, type AccountUnderTest } from '../integration/account-under-test.ts';

// The service goes in the middle of each act that changes something, or the session ends: what is told, and what is so
// afterwards.

interface Act<P = unknown> {
  readonly preset: Preset;
  /** How its request begins. */
  readonly request: string;
  readonly prepare: (at: AccountUnderTest) => Promise<P>;
  /** `made` once it is told to be done; `lost` if the screen is told of a key that nobody has. Errors: AppError. */
  readonly run: (at: AccountUnderTest, prepared: P) => Promise<'made' | 'lost'>;
  /** By what the screens are told afterwards. */
  readonly isMade: (at: AccountUnderTest, prepared: P) => Promise<boolean>;
  /** What is told where the answer alone got lost: `unknown` where the service cannot be asked what became of it. */
  readonly expected?: 'lost' | 'unknown';
  readonly needsCodes?: boolean;
}

const act = <P>(given: Act<P>): Act => given as Act;
const accountInput = ({ accountId }: AccountUnderTest) => ({ accountId });
const made = () => 'made' as const;
const mfa = (at: AccountUnderTest) => at.app.calls.mfa.status(accountInput(at));
const apiKey = (at: AccountUnderTest) => at.app.calls.apiKey.get({ ...accountInput(at), from: 'provider' });
const accessKeys = (at: AccountUnderTest) => at.app.calls.accessKeys.list({ ...accountInput(at), from: 'provider' });
const sshKeys = (at: AccountUnderTest) => at.app.calls.sshKeys.list({ ...accountInput(at), from: 'provider' });
const makeApiKey = (at: AccountUnderTest) =>
  at.app.calls.apiKey.generate({ ...accountInput(at), name: 'Old', expiresAt: null });
const makeAccessKey = async (at: AccountUnderTest) =>
  (await at.app.calls.accessKeys.create({ ...accountInput(at), name: 'Old', expiresAt: null })).newKey!.keyId;
/** A folder with the private half, so that the public one counts as the person's own. */
const ssh = makeTempFolder();
beforeAll(() => run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(ssh.path, 'id')]));
afterAll(() => ssh[Symbol.dispose]());
const publicLine = () => readFileSync(join(ssh.path, 'id.pub'), 'utf8');
const addKey = (at: AccountUnderTest) =>
  at.app.calls.sshKeys.addPublic({ ...accountInput(at), title: 'Laptop', line: publicLine() });
const next = 'Quiet-harbour-72-lanterns';

/** Begins a rotation of an access key and takes it as far as that. */
async function rotate(at: AccountUnderTest, isStopped: boolean): Promise<string> {
  const keyId = await makeAccessKey(at);
  const { rotation } = at.app.calls;
  await rotation.beginAccessKey({ ...accountInput(at), keyId });
  await rotation.test(accountInput(at));
  if (isStopped) await rotation.stopOld({ ...accountInput(at), deleteAt: null });
  return keyId;
}

function throwAll(results: readonly { readonly error: ErrorShape | null }[]): void {
  for (const { error } of results) if (error) throw AppError.fromShape(error);
}

const acts: Readonly<Record<string, Act>> = {
  'W2 Update': act({
    preset: controlAccount,
    request: 'PATCH /me/contact',
    prepare: async (at) =>
      (await at.app.calls.profile.get({ ...accountInput(at), from: 'provider' })).sections.contact.revision,
    async run(at, revision) {
      const { contact } = (
        await at.app.calls.profile.update({ ...accountInput(at), contact: { revision, changes: { city: 'Bern' } } })
      ).outcomes;
      if (contact && !contact.saved) throw AppError.fromShape(contact.error);
      return 'made';
    },
    isMade: async (at) =>
      (await at.app.calls.profile.get({ ...accountInput(at), from: 'provider' })).sections.contact.values.city ===
      'Bern',
  }),
  'W9 a new password': act({
    preset: controlAccount,
    request: 'POST /me/password',
    prepare: async () => undefined,
    run: (at) =>
      at.app.calls.password
        .change({ ...accountInput(at), current: at.server.password, next, endOtherSessions: false })
        .then(made),
    isMade: async (at) => (await at.server.trySignIn(next)).status === 200,
    expected: 'unknown',
  }),
  'W10 turning two-step verification on': act({
    preset: controlAccount,
    request: 'POST /me/mfa/totp/confirm',
    prepare: (at) => at.app.calls.mfa.beginEnrolment(accountInput(at)),
    run: (at, { enrolment, otp }) =>
      at.app.calls.mfa.confirmEnrolment({ enrolment, code: at.code(otp.secret), name: 'Phone' }).then(made),
    isMade: async (at) => (await mfa(at)).isOn,
    needsCodes: true,
  }),
  'E6 turning it off': act({
    preset: platform,
    request: 'DELETE /me/mfa',
    prepare: (at) => at.enrol(),
    run: (at) => at.app.calls.mfa.turnOff(accountInput(at)).then(made),
    isMade: async (at) => !(await mfa(at)).isOn,
    needsCodes: true,
  }),
  'E5 new recovery codes': act({
    preset: platform,
    request: 'POST /me/mfa/recovery-codes',
    prepare: (at) => at.enrol(),
    run: (at) => at.app.calls.recoveryCodes.renew(accountInput(at)).then(made),
    isMade: async (at, { recoveryCodes }) =>
      !(await at.app.calls.recoveryCodes.show(accountInput(at))).codes.some(({ code }) => recoveryCodes.includes(code)),
    expected: 'unknown',
    needsCodes: true,
  }),
  'W7 an API key': act({
    preset: controlAccount,
    request: 'POST /me/api-key',
    prepare: async () => undefined,
    run: async (at) => ((await makeApiKey(at)).newApiKey ? 'made' : 'lost'),
    isMade: async (at) => (await apiKey(at)).key !== null,
    expected: 'lost',
  }),
  'E7 another API key': act({
    preset: platform,
    request: 'POST /me/api-key/rotate',
    prepare: async (at) => (await makeApiKey(at)).newApiKey,
    run: async (at) => ((await at.app.calls.apiKey.rotate(accountInput(at))).newApiKey ? 'made' : 'lost'),
    isMade: async (at, before) => (await at.app.calls.apiKey.reveal(accountInput(at))).apiKey !== before,
  }),
  'W7 no API key any more': act({
    preset: controlAccount,
    request: 'DELETE /me/api-key',
    prepare: makeApiKey,
    run: (at) => at.app.calls.apiKey.remove(accountInput(at)).then(made),
    isMade: async (at) => (await apiKey(at)).key === null,
  }),
  'C7 an access key': act({
    preset: contactCenter,
    request: 'POST /me/access-keys',
    prepare: async () => undefined,
    run: async (at) =>
      (await at.app.calls.accessKeys.create({ ...accountInput(at), name: 'x', expiresAt: null })).newKey
        ? 'made'
        : 'lost',
    isMade: async (at) => (await accessKeys(at)).keys.length === 1,
    expected: 'lost',
  }),
  'X2 the begin of a rotation': act({
    preset: contactCenter,
    request: 'POST /me/access-keys',
    prepare: makeAccessKey,
    run: async (at, keyId) =>
      (await at.app.calls.rotation.beginAccessKey({ ...accountInput(at), keyId })).rotation ? 'made' : 'lost',
    isMade: async (at) => (await accessKeys(at)).keys.length === 2,
    expected: 'lost',
  }),
  'X2 stopping the old key': act({
    preset: contactCenter,
    request: 'PATCH /me/access-keys/',
    prepare: (at) => rotate(at, false),
    run: (at) => at.app.calls.rotation.stopOld({ ...accountInput(at), deleteAt: null }).then(made),
    isMade: async (at, keyId) => !(await accessKeys(at)).keys.find(({ id }) => id === keyId)?.isActive,
  }),
  'X2 deleting the old key': act({
    preset: contactCenter,
    request: 'DELETE /me/access-keys/',
    prepare: (at) => rotate(at, true),
    run: (at) => at.app.calls.rotation.deleteOld(accountInput(at)).then(made),
    isMade: async (at) => (await accessKeys(at)).keys.length === 1,
  }),
  'E11 an identity key': act({
    preset: platform,
    request: 'POST /me/identity-keys',
    prepare: async () => undefined,
    run: (at) => addKey(at).then(made),
    isMade: async (at) => (await sshKeys(at)).keys.length === 1,
  }),
  'D4 keys of an import': act({
    preset: platform,
    request: 'POST /me/identity-keys',
    prepare: async (at) =>
      (await at.app.calls.sshKeys.importPasted({ ...accountInput(at), batchId: null, text: publicLine() })).batch,
    async run(at, { batchId, rows }) {
      throwAll(
        (
          await at.app.calls.sshKeys.add({
            batchId,
            rows: rows.map(({ rowId }) => ({ rowId, title: 'x', keepPrivate: false })),
          })
        ).results,
      );
      return 'made';
    },
    isMade: async (at) => (await sshKeys(at)).keys.length === 1,
  }),
  'E11 no identity key any more': act({
    preset: platform,
    request: 'DELETE /me/identity-keys/',
    prepare: async (at) => (await addKey(at)).snapshot!.keys[0]!.id,
    run: (at, keyId) => at.app.calls.sshKeys.remove({ ...accountInput(at), keyId }).then(made),
    isMade: async (at) => (await sshKeys(at)).keys.length === 0,
  }),
  'E9 closing all others': act({
    preset: controlAccount,
    request: 'POST /me/sessions/close-others',
    prepare: (at) => at.server.signIn(),
    async run(at) {
      throwAll((await at.app.calls.sessions.closeOthers(accountInput(at))).results);
      return 'made';
    },
    isMade: async (at) =>
      (await at.app.calls.sessions.list({ ...accountInput(at), from: 'provider' })).sessions.length === 1,
  }),
  'E10 deleting the account': act({
    preset: platform,
    request: 'DELETE /me ',
    prepare: async () => undefined,
    run: (at) => at.app.calls.deletion.remove({ ...accountInput(at), email: at.server.identifier }).then(made),
    isMade: async (at) => at.server.server.stores.accounts.findDemo() === undefined,
  }),
};

let at: AccountUnderTest;
afterEach(() => at[Symbol.asyncDispose]());

async function open({ preset, prepare }: Act): Promise<unknown> {
  at = await openAccount(preset, {
    ssh: { folder: ssh.path, agentPath: undefined, startKeyWorker },
  });
  await at.prove();
  return prepare(at);
}

/** `made`, `lost`, or the error. */
async function outcomeOf({ run }: Act, prepared: unknown): Promise<string> {
  return run(at, prepared).catch((error: unknown) => {
    if (error instanceof AppError) return error.message;
    throw error;
  });
}

const stateKind = async () => (await at.app.calls.accounts.list()).accounts[0]?.state.kind;
const possible = Object.entries(acts).filter(([, { needsCodes }]) => hasOathtool || !needsCodes);

describe.each(possible)('%s', (_name, given) => {
  const { isMade, request, expected = 'made' } = given;

  it('is told to be done, or not to be known, where its answer alone got lost', async () => {
    const prepared = await open(given);
    at.network.loseNextReplyTo(request);
    expect(await outcomeOf(given, prepared)).toBe(expected === 'unknown' ? 'offline (outcome-unknown)' : expected);
    expect(at.network.lost()).toBe(1);
    expect(await isMade(at, prepared)).toBe(true);
  });

  it('does not count as failed where the service is gone after it; is not done where it was gone before', async () => {
    const prepared = await open(given);
    at.network.cut(true);
    expect(await outcomeOf(given, prepared)).toMatch(/^offline \((?:connection-lost|outcome-unknown)\)$/);
    expect(await stateKind()).toBe('offline');
    at.network.cut(false);
    expect(await isMade(at, prepared)).toBe(false);

    at.network.loseNextReplyTo(request, true);
    expect(await outcomeOf(given, prepared)).toBe('offline (outcome-unknown)');
    expect((await at.app.calls.accounts.list()).accounts[0]?.state).toMatchObject({
      kind: 'offline',
      cause: { reason: 'connection-lost' },
    });
    at.network.cut(false);
    await at.app.calls.accounts.check({ id: at.accountId });
    expect(await isMade(at, prepared), 'the screens learn what is so').toBe(true);
  });

  it('is told to be refused where the session ended before it', async () => {
    const prepared = await open(given);
    at.server.server.database.run('DELETE FROM sessions');
    expect(await outcomeOf(given, prepared)).toBe('unauthenticated (session-ended)');
    expect((await at.app.calls.accounts.list()).accounts[0]?.state).toEqual({
      kind: 'signed-out',
      sessionEnded: true,
    });
  });
});
