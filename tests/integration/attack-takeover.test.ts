import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contactCenter } from '../../server/presets/contact-center.ts';
import { controlAccount } from '../../server/presets/control-account.ts';
import { platform } from '../../server/presets/platform.ts';
import { readMails } from '../../server/testing/mails.ts';
import { hasOathtool, openAccount, type AccountUnderTest } from './account-under-test.ts';

// How a renderer that somebody took over, or whoever holds a stolen token, could make the account theirs.

let at: AccountUnderTest;
afterEach(() => at[Symbol.asyncDispose]());

const wrongCode = { code: 'unauthenticated', details: { reason: 'wrong-code' } };

describe.skipIf(!hasOathtool)('E12 H1 the first second factor (skipped where oathtool is missing)', () => {
  beforeEach(async () => void (at = await openAccount()));
  const begin = () => at.app.calls.mfa.beginEnrolment({ accountId: at.accountId });

  it('needs a proof too: nothing is sent without one', async () => {
    await at.app.calls.reauth.end({ accountId: at.accountId });
    const before = at.network.requests().length;
    await expect(begin()).rejects.toMatchObject({ code: 'reauth-required', details: {} });
    expect(at.network.requests().slice(before)).toEqual(['GET /me/mfa']);
  });

  it('is refused by the server where the app thinks the window open, and not confirmed later', async () => {
    const { enrolment, otp } = await begin();
    at.server.pass(901);
    await expect(begin()).rejects.toMatchObject({ code: 'reauth-required' });
    const code = at.code(otp.secret);
    await expect(at.app.calls.mfa.confirmEnrolment({ enrolment, code, name: 'x' })).rejects.toMatchObject({
      code: 'reauth-required',
    });
    expect((await at.app.calls.mfa.status({ accountId: at.accountId })).isOn).toBe(false);
  });

  it('does not reopen the window in which it was added, by its codes or by recovery codes', async () => {
    const { app, accountId } = at;
    const { secret, recoveryCodes } = await at.enrol();
    await app.calls.reauth.end({ accountId });
    for (const code of [at.code(secret, 30), recoveryCodes[0]!])
      await expect(app.calls.reauth.prove({ accountId, proof: { kind: 'code', code } })).rejects.toMatchObject(
        wrongCode,
      );
    expect((await app.calls.reauth.status({ accountId })).validUntil).toBeNull();
    await expect(app.calls.mfa.turnOff({ accountId })).rejects.toMatchObject({ code: 'reauth-required' });
  });
});

describe('E12 H2 the way back into the account', () => {
  it.each([controlAccount, contactCenter, platform])(
    'cannot be moved to another e-mail address by a taken-over page, at $id',
    async (preset) => {
      at = await openAccount(preset);
      const { app, accountId } = at;
      const { sections } = await app.calls.profile.get({ accountId, from: 'provider' });
      await app.calls.reauth.end({ accountId });
      const before = at.network.requests().length;
      const contact = { revision: sections.contact.revision, changes: { email: 'thief@example.com' } };
      const { outcomes } = await app.calls.profile.update({ accountId, contact });
      expect(outcomes).toEqual({ contact: { saved: false, error: { code: 'reauth-required' } } });
      expect(
        at.network
          .requests()
          .slice(before)
          .filter((each) => each.startsWith('PATCH')),
      ).toEqual([]);
      expect(await app.calls.emailChange.status({ accountId })).toEqual({ accountId, pending: null });
      await at.prove();
      at.server.pass(21_601);
      expect((await app.calls.profile.update({ accountId, contact })).outcomes.contact).toMatchObject({
        saved: false,
      });
      expect(await readMails(at.server)).toEqual([]);
      await at.prove();
      expect((await app.calls.profile.update({ accountId, contact })).outcomes).toEqual({
        contact: { saved: true },
      });
      const { pending } = await app.calls.emailChange.status({ accountId });
      expect(pending?.email).toBe('thief@example.com');
      expect((await app.calls.profile.get({ accountId, from: 'provider' })).sections.contact.values.email).toBe(
        at.server.identifier,
      );
      expect((await readMails(at.server)).map(({ to }) => to)).toContain(at.server.identifier);
      expect((await app.calls.emailChange.cancel({ accountId })).pending).toBeNull();
      await expect(app.calls.emailChange.resend({ accountId })).rejects.toMatchObject({ code: 'not-found' });
    },
  );
});
