import { describe, expect, it } from 'vitest';
import { noKeys, noKeyWrapper, openApp, openKeyWrapper } from '../integration/services-under-test.ts';
import { makeCode } from '../providers/conformance/desk.ts';
import { addPerson } from '../providers/kratos/kratos-server.ts';
import { startKratosStandIn } from '../providers/stand-ins/kratos/start-kratos.ts';
import { findSecrets, listFiles } from '../support/find-secrets.ts';
import { createListeningLog } from '../support/listening-log.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

describe('D2 D3 R8 after a run with Kratos', () => {
  it.each([
    ['open', openKeyWrapper],
    ['absent', noKeyWrapper],
  ])('nothing secret is in a file, a log or an event, key store %s', async (state, keyWrapper) => {
    await using server = await startKratosStandIn();
    using folder = makeTempFolder();
    const { lines, log } = createListeningLog();
    const app = await openApp(folder.path, { ssh: noKeys, keyWrapper, log });
    const { email: identifier, password } = await addPerson(server);
    const target = { kind: 'address', address: server.address } as const;
    const signIn = (typed: string) => app.calls.auth.signIn({ kind: 'kratos', target, identifier, password: typed });
    await expect(signIn('wrong meadow 17')).rejects.toThrow();
    const first = await signIn(password);
    const accountId = first.next === 'done' ? first.accountId : '';
    const { enrolment, otp } = await app.calls.mfa.beginEnrolment({ accountId });
    const code = await makeCode(otp.secret);
    await expect(app.calls.mfa.confirmEnrolment({ enrolment, code: '000000', name: '' })).rejects.toThrow();
    const { recoveryCodes } = await app.calls.mfa.confirmEnrolment({ enrolment, code, name: '' });
    await app.calls.recoveryCodes.show({ accountId });
    // Refusals are what a log has most of.
    server.ageSignIns(5_000);
    await expect(app.calls.recoveryCodes.show({ accountId })).rejects.toThrow();
    // A session that waits for its code, and one that was ended.
    const second = await signIn(password);
    expect(second.next).toBe('code');
    const tokens = [...server.state.sessions.values()].map(({ token }) => token);
    await app.calls.profile.get({ accountId, from: 'provider' });
    await app.calls.auth.signOut({ accountId, forget: false });
    const codes = recoveryCodes!.codes.map((each) => each.code);
    const secrets = [password, 'wrong meadow 17', otp.secret, ...codes, ...tokens];
    const told = [JSON.stringify(app.events), ...lines].join('\n');
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
    expect(app.internal).toEqual([]);
    await app.close();
    expect(listFiles(folder.path).length > 0).toBe(state === 'open');
    expect(findSecrets(folder.path, secrets)).toEqual([]);
  });
});
