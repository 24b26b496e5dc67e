import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addEmailChange } from '../providers/live/glewlwyd/seed-glewlwyd.ts';
import { openClient } from '../providers/live/glewlwyd/glewlwyd-client.ts';
import { startMailCatcher, type MailCatcher } from '../support/mail-catcher.ts';
import { nameOf, openGlewlwyd, openWorld, whyNoGlewlwyd, type GlewlwydWorld } from './glewlwyd-under-test.ts';

describe.skipIf(whyNoGlewlwyd() !== undefined)(nameOf('R9 W8 H2 another e-mail address at a real glewlwyd'), () => {
  let world: GlewlwydWorld;
  let mails: MailCatcher;
  beforeAll(async () => {
    [world, mails] = await Promise.all([openWorld(), startMailCatcher()]);
    await addEmailChange(world.admin, mails.port);
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    await mails[Symbol.asyncDispose]();
  });

  async function ask(email: string) {
    const at = await openGlewlwyd(world);
    const { app, accountId } = at;
    const read = async () => app.calls.profile.get({ accountId, from: 'provider' });
    const { sections, operations } = await read();
    expect(operations).toMatchObject({ 'email.change': { kind: 'editable' } });
    const contact = { revision: sections.contact.revision, changes: { email } };
    const { outcomes } = await app.calls.profile.update({ accountId, contact });
    const pending = async () => (await app.calls.emailChange.status({ accountId })).pending;
    return { ...at, outcome: outcomes.contact, pending, read };
  }

  it('counts once its link was opened, and waits until then', async () => {
    const { outcome, pending, read, person, app, accountId } = await ask('moved@example.org');
    expect(outcome).toEqual({ saved: true });
    expect(await pending()).toEqual({ email: 'moved@example.org', expiresAt: null, canCancel: false });
    expect((await read()).sections.contact.values.email).toBe(person.email);
    const first = await mails.findLink('moved@example.org', '/address/');
    await app.calls.emailChange.resend({ accountId });
    await expect.poll(() => mails.findLink('moved@example.org', '/address/')).not.toBe(first);
    const token = (await mails.findLink('moved@example.org', '/address/')).split('/').at(-1)!;
    const opened = await openClient(world.address).request('PUT', `/api/address/update-email/${token}`);
    expect(opened.status).toBe(200);
    expect(await pending()).toBeNull();
    expect((await read()).sections.contact.values.email).toBe('moved@example.org');
    await expect(app.calls.emailChange.resend({ accountId })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is judged here, as the server takes anything', async () => {
    const { outcome, pending } = await ask('not an address');
    expect(outcome).toMatchObject({
      saved: false,
      error: { code: 'invalid-request', fields: { email: { code: 'not-an-email' } } },
    });
    expect(await pending()).toBeNull();
  });

  it('cannot be called off', async () => {
    const { app, accountId } = await ask('stays@example.org');
    await expect(app.calls.emailChange.cancel({ accountId })).rejects.toMatchObject({ code: 'not-offered' });
  });
});
