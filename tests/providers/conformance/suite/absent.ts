import { expect } from 'vitest';
import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { Desk } from '../desk.ts';

type Act = (desk: Desk) => Promise<unknown>;

const code = '123456';
const parameters = { type: 'totp', algorithm: 'SHA1', digits: 6, period: 30, counter: null } as const;
const newKey = { name: 'Nightly', expiresAt: null };

/** What a screen of an older state could still ask for. A key that is not there counts as removed. */
const acts: Readonly<Partial<Record<Operation, Act>>> = {
  'emails.add': ({ app, accountId }) => app.calls.emails.add({ accountId, email: 'second@profile-desk.example' }),
  'emails.remove': ({ app, accountId }) => app.calls.emails.remove({ accountId, emailId: 'e1' }),
  'emails.makePrimary': ({ app, accountId }) => app.calls.emails.makePrimary({ accountId, emailId: 'e1' }),
  'emails.sendVerification': ({ app, accountId }) => app.calls.emails.sendVerification({ accountId, emailId: 'e1' }),
  'password.requestReset': ({ app, accountId }) => app.calls.password.requestReset({ accountId }),
  'mfa.enrol': ({ app, accountId }) => app.calls.mfa.beginEnrolment({ accountId }),
  'mfa.useSecret': ({ app, accountId }) =>
    app.calls.mfa.useSecret({ accountId, secret: 'GEZDGNBVGY3TQOJQ', parameters, code, name: 'Own' }),
  'mfa.renameDevice': ({ app, accountId }) => app.calls.mfa.renameDevice({ accountId, deviceId: 'd1', name: 'Own' }),
  'mfa.removeDevice': ({ app, accountId }) => app.calls.mfa.removeDevice({ accountId, deviceId: 'd1' }),
  'mfa.turnOff': ({ app, accountId }) => app.calls.mfa.turnOff({ accountId }),
  'recoveryCodes.show': ({ app, accountId }) => app.calls.recoveryCodes.show({ accountId }),
  'recoveryCodes.renew': ({ app, accountId }) => app.calls.recoveryCodes.renew({ accountId }),
  'sessions.close': ({ app, accountId }) => app.calls.sessions.list({ accountId, from: 'provider' }),
  'sessions.closeOthers': ({ app, accountId }) => app.calls.sessions.closeOthers({ accountId }),
  'apiKey.generate': ({ app, accountId }) => app.calls.apiKey.generate({ accountId, ...newKey }),
  'accessKeys.create': ({ app, accountId }) => app.calls.accessKeys.create({ accountId, ...newKey }),
  'linkedAccounts.unlink': ({ app, accountId }) =>
    app.calls.linkedAccounts.unlink({ accountId, linkedAccountId: 'l1' }),
  'applications.withdraw': ({ app, accountId }) => app.calls.applications.withdraw({ accountId, applicationId: 'a1' }),
  'deletion.remove': ({ app, accountId }) => app.calls.deletion.get({ accountId }),
};

/** Neither the app does it nor a page of the service. */
export async function refuseAbsent(desk: Desk, operation: Operation): Promise<void> {
  const { accountId, app } = desk;
  await desk.prove();
  const begin: Act = () => app.calls.handOff.begin({ accountId, operation });
  for (const act of [begin, acts[operation] ?? begin])
    expect((await desk.refusal(act(desk))).code, operation).toBe('not-offered');
}
