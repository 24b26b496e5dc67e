import { describe, expect, it } from 'vitest';
import type { EmailsSnapshot } from '../../../../shared/contract/account/emails.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { createSequence } from '../../core/sequence.ts';
import { createServiceEmitter } from '../../core/service-events.ts';
import type { AccountEmails, EmailFacts, EmailsState } from '../../provider/account-emails.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createMemoryFiles } from '../../testing/memory-files.ts';
import { createTestKeyWrapper } from '../../testing/test-key-wrapper.ts';
import { startStorage } from '../../testing/test-storage.ts';
import { createEmailsService } from './emails.service.ts';

function make(email: string, isPrimary = false): EmailFacts {
  return { id: email, email, isPrimary, isVerified: true, acts: isPrimary ? [] : ['remove', 'makePrimary'] };
}

/** A service that can lose its answers, and be out of reach after an act. */
class Remote implements AccountEmails {
  emails = [make('z@example.org'), make('mara@example.org', true), make('a@example.org')];
  fault: 'none' | 'answer-lost' | 'lost-for-good' | 'refused' = 'none';
  isOut = false;
  readonly acts: string[] = [];

  async readEmails(): Promise<EmailsState> {
    if (this.isOut) throw new AppError('offline', { reason: 'connection-refused' });
    return { sendsMail: true, emails: this.emails };
  }
  addEmail = (email: string) => this.#act(`add ${email}`, () => this.emails.push(make(email)));
  removeEmail = (id: string) =>
    this.#act(`remove ${id}`, () => {
      if (!this.emails.some((each) => each.id === id)) throw new AppError('not-found');
      this.emails = this.emails.filter((each) => each.id !== id);
    });
  makeEmailPrimary = (id: string) =>
    this.#act(`primary ${id}`, () => {
      this.emails = this.emails.map(({ email }) => make(email, email === id));
    });
  sendEmailVerification = (id: string) => this.#act(`verify ${id}`, () => undefined);

  async #act(what: string, act: () => unknown): Promise<void> {
    this.acts.push(what);
    if (this.fault === 'refused') throw new AppError('forbidden', { permission: 'write:user' });
    act();
    if (this.fault === 'lost-for-good') this.isOut = true;
    if (this.fault !== 'none') throw new AppError('offline', { reason: 'connection-lost' });
  }
}

function setUp() {
  const remote = new Remote();
  const emitted: EmailsSnapshot[] = [];
  const events = createServiceEmitter();
  const files = createMemoryFiles();
  const keyWrapper = createTestKeyWrapper();
  const is = { proved: true, profileReads: 0 };
  const start = () =>
    createEmailsService({
      storage: startStorage(files, keyWrapper),
      signedIn: { request: (_id, act) => act(remote) },
      clock: createManualClock(),
      sequence: createSequence(createManualClock()),
      isKnown: () => Promise.resolve(true),
      mustShow: () => Promise.resolve(),
      tolerate: (write) => write(),
      events,
      reauth: { require: async () => (is.proved ? undefined : Promise.reject(new AppError('reauth-required'))) },
      profile: { refresh: async () => void (is.profileReads += 1) },
      emit: (_channel, snapshot) => void emitted.push(snapshot),
    });
  return { remote, emitted, is, events, start, ...start() };
}

const account = { accountId: 'c1' };
const fromProvider = { ...account, from: 'provider' } as const;
const addressesOf = ({ emails }: EmailsSnapshot) => emails.map(({ email }) => email);

describe('R5 several e-mail addresses', () => {
  it('are listed with the primary one first, fit for a screen, and kept for the next time', async () => {
    const { handlers, remote, start } = setUp();
    remote.emails.push(make('b\u202e@example.org'));
    const read = await handlers.list(fromProvider);
    expect(addressesOf(read)).toEqual(['mara@example.org', 'a@example.org', 'b @example.org', 'z@example.org']);
    remote.isOut = true;
    const again = await start().handlers.list(fromProvider);
    expect(again).toMatchObject({ source: 'cache', sendsMail: true, emails: read.emails });
  });

  it('are forgotten with the account', async () => {
    const { handlers, remote, events, start } = setUp();
    await handlers.list(fromProvider);
    await events.emit('forgotten', account);
    remote.isOut = true;
    await expect(start().handlers.list(fromProvider)).rejects.toMatchObject({ code: 'offline' });
  });

  it('grow by one that is trimmed, and never by one that is there', async () => {
    const { handlers, remote, emitted } = setUp();
    const added = await handlers.add({ ...account, email: ' new@example.org ' });
    expect([addressesOf(added).includes('new@example.org'), emitted]).toEqual([true, [added]]);
    await expect(handlers.add({ ...account, email: 'NEW@Example.org' })).rejects.toMatchObject({
      code: 'invalid-request',
      details: { fields: { email: { code: 'duplicate' } } },
    });
    expect(remote.acts).toEqual(['add new@example.org']);
  });

  it('change after a fresh proof alone (E12)', async () => {
    const { handlers, remote, is } = setUp();
    is.proved = false;
    const one = { ...account, emailId: 'a@example.org' };
    for (const act of [
      () => handlers.add({ ...account, email: 'b@example.org' }),
      () => handlers.remove(one),
      () => handlers.makePrimary(one),
      () => handlers.sendVerification(one),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'reauth-required' });
    expect(remote.acts).toEqual([]);
  });

  it('shrink by one, also by one that is gone already', async () => {
    const { handlers } = setUp();
    for (let time = 0; time < 2; time += 1)
      expect(addressesOf(await handlers.remove({ ...account, emailId: 'a@example.org' }))).toEqual([
        'mara@example.org',
        'z@example.org',
      ]);
  });

  it('have another primary one, and then the profile is read again', async () => {
    const { handlers, is } = setUp();
    const { emails } = await handlers.makePrimary({ ...account, emailId: 'z@example.org' });
    expect(emails[0]).toMatchObject({ email: 'z@example.org', isPrimary: true });
    expect(is.profileReads).toBe(1);
  });
});

describe('R5 an answer that is lost', () => {
  it('is looked up, and what was done counts', async () => {
    const { handlers, remote } = setUp();
    remote.fault = 'answer-lost';
    const added = await handlers.add({ ...account, email: 'new@example.org' });
    expect(addressesOf(added)).toContain('new@example.org');
    const removed = await handlers.remove({ ...account, emailId: 'a@example.org' });
    expect(addressesOf(removed)).not.toContain('a@example.org');
    const changed = await handlers.makePrimary({ ...account, emailId: 'z@example.org' });
    expect(changed.emails[0]?.email).toBe('z@example.org');
    await expect(handlers.sendVerification({ ...account, emailId: 'z@example.org' })).rejects.toMatchObject({
      code: 'offline',
    });
  });

  it('is said to be unknown where nobody can look', async () => {
    const { handlers, remote } = setUp();
    remote.fault = 'lost-for-good';
    await expect(handlers.remove({ ...account, emailId: 'a@example.org' })).rejects.toMatchObject({
      details: { reason: 'outcome-unknown' },
    });
  });

  it('of the list alone does not hide what was done', async () => {
    const { handlers, remote } = setUp();
    await handlers.list(fromProvider);
    const { removeEmail } = remote;
    remote.removeEmail = async (id) => {
      await removeEmail(id);
      remote.isOut = true;
    };
    const shown = await handlers.remove({ ...account, emailId: 'a@example.org' });
    expect([shown.source, addressesOf(shown)]).toEqual(['cache', ['mara@example.org', 'z@example.org']]);
  });

  it('is none where the service refuses: nothing changes', async () => {
    const { handlers, remote, emitted } = setUp();
    remote.fault = 'refused';
    await expect(handlers.add({ ...account, email: 'new@example.org' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(emitted).toEqual([]);
  });
});
