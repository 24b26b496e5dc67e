import { describe, expect, it } from 'vitest';
import { openGitea } from './gitea-under-test.ts';

describe('R5 e-mail addresses at Gitea', () => {
  it('are listed with what can be done with each', async () => {
    const at = await openGitea();
    at.ada.emails.push(
      { email: 'work@example.org', verified: true, primary: false },
      { email: 'new@example.org', verified: false, primary: false },
    );
    const accountId = await at.signIn(at.makeToken('write:user'));
    const { emails, sendsMail } = await at.app.calls.emails.list({ accountId, from: 'provider' });
    expect(emails.map(({ email, acts }) => [email, acts])).toEqual([
      [at.ada.emails[0]!.email, []],
      ['new@example.org', ['sendVerification', 'remove']],
      ['work@example.org', ['makePrimary', 'remove']],
    ]);
    // Nobody gets a mail by the API.
    expect(sendsMail).toBe(false);
  });

  it('are added and removed, and a refusal is said at the field', async () => {
    const at = await openGitea({ confirmsEmails: true });
    const accountId = await at.signIn(at.makeToken('write:user'));
    const add = (email: string) => at.app.calls.emails.add({ accountId, email });
    const { emails } = await add('second@example.org');
    expect(emails[1]).toMatchObject({ email: 'second@example.org', isVerified: false });
    const fieldOf = (code: string) => ({ code: 'invalid-request', details: { fields: { email: { code } } } });
    await expect(add('SECOND@example.org')).rejects.toMatchObject(fieldOf('duplicate'));
    await expect(add(at.bo.emails[0]!.email)).rejects.toMatchObject(fieldOf('taken'));
    await expect(add('second')).rejects.toMatchObject(fieldOf('not-an-email'));
    await at.app.calls.emails.remove({ accountId, emailId: 'second@example.org' });
    expect(at.ada.emails).toHaveLength(1);
  });

  it('stay as they are with a token that may only read', async () => {
    const at = await openGitea();
    const accountId = await at.signIn(at.makeToken('read:user'));
    expect((await at.app.calls.emails.list({ accountId, from: 'provider' })).emails).toHaveLength(1);
    await expect(at.app.calls.emails.add({ accountId, email: 'second@example.org' })).rejects.toMatchObject({
      code: 'forbidden',
      details: { permission: 'write:user' },
    });
  });

  it('stay readable where the administrator manages them', async () => {
    const at = await openGitea({ emailsAreManaged: true });
    const accountId = await at.signIn(at.makeToken('write:user'));
    await expect(at.app.calls.emails.add({ accountId, email: 'second@example.org' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await at.app.calls.emails.list({ accountId, from: 'provider' })).emails).toHaveLength(1);
  });

  it('R1 get a primary one, and a mail to verify one, on the page', async () => {
    const at = await openGitea();
    at.ada.emails.push({ email: 'new@example.org', verified: false, primary: false });
    const accountId = await at.signIn(at.makeToken('write:user'));
    for (const operation of ['emails.sendVerification', 'emails.makePrimary'] as const) {
      const { attempt, mayWaitForMail } = await at.app.calls.handOff.begin({ accountId, operation });
      expect(at.opened.at(-1)?.pathname).toBe('/user/settings/account');
      expect(mayWaitForMail).toBe(true);
      expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'unknown' });
      const [primary, added] = [at.ada.emails[0]!, at.ada.emails[1]!];
      if (added.verified) [primary.primary, added.primary] = [false, true];
      added.verified = true;
      expect(await at.app.calls.handOff.check({ attempt })).toEqual({ outcome: 'done' });
    }
  });
});
