import { expect } from 'vitest';
import type { Desk } from '../desk.ts';
import type { Stories, Story } from './story.ts';

// More than one address (R5).

async function list({ accountId, app }: Desk) {
  return (await app.calls.emails.list({ accountId, from: 'provider' })).emails;
}

const add: Story = async (desk, other) => {
  const { accountId, app, person } = desk;
  await desk.prove();
  const email = `second-${person.email}`;
  const { emails } = await app.calls.emails.add({ accountId, email });
  expect(emails.map((each) => each.email)).toEqual([person.email, email]);
  expect(await other.listEmails()).toEqual(expect.arrayContaining([person.email, email]));
  const again = await desk.refusal(app.calls.emails.add({ accountId, email: email.toUpperCase() }));
  expect(again).toMatchObject({ code: 'invalid-request', details: { fields: { email: { code: 'duplicate' } } } });
};

const remove: Story = async (desk, other) => {
  const { accountId, app, person } = desk;
  await desk.prove();
  await other.addEmail(`second-${person.email}`);
  const [primary, second] = await list(desk);
  expect([primary!.isPrimary, second!.acts]).toEqual([true, expect.arrayContaining(['remove'])]);
  const { emails } = await app.calls.emails.remove({ accountId, emailId: second!.id });
  expect(emails.map(({ email }) => email)).toEqual([person.email]);
  expect(await other.listEmails()).toEqual([person.email]);
};

export const emailStories: Stories = { 'emails.add': add, 'emails.remove': remove };
