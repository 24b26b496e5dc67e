import { expect } from 'vitest';
import type { ProfileUpdate } from '../../../../shared/contract/account/profile.ts';
import type { Desk } from '../desk.ts';
import type { Stories, Story } from './story.ts';

type Changes = { [S in 'user' | 'contact' | 'avatar']?: NonNullable<ProfileUpdate[S]>['changes'] };

const onePixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Over what was read right before. */
async function update(desk: Desk, { user, contact, avatar }: Changes) {
  const { sections } = await desk.read();
  return desk.app.calls.profile.update({
    accountId: desk.accountId,
    ...(user && { user: { revision: sections.user.revision, changes: user } }),
    ...(contact && { contact: { revision: sections.contact.revision, changes: contact } }),
    ...(avatar && { avatar: { revision: sections.avatar.revision, changes: avatar } }),
  });
}

const updateProfile: Story = async (desk, other) => {
  await desk.prove();
  const { outcomes, snapshot } = await update(desk, { user: { firstName: 'Robin' } });
  expect(outcomes).toEqual({ user: { saved: true } });
  expect(await other.readName()).toBe('Robin');

  const { revision } = snapshot.sections.user;
  await other.writeName('Elsewhere');
  const user = { revision, changes: { firstName: 'Too late' } };
  const late = await desk.app.calls.profile.update({ accountId: desk.accountId, user });
  expect(late.outcomes.user).toEqual({ saved: false, error: { code: 'conflict' } });
  expect(late.snapshot.sections.user.values.firstName).toBe('Elsewhere');
  expect(await other.readName()).toBe('Elsewhere');
};

const changeEmail: Story = async (desk, other) => {
  await desk.prove();
  const email = `moved-${desk.person.email}`;
  expect((await update(desk, { contact: { email } })).outcomes).toEqual({ contact: { saved: true } });
  const { pending } = await desk.app.calls.emailChange.status({ accountId: desk.accountId });
  if (pending) {
    expect([pending.email, await other.readEmail()]).toEqual([email, desk.person.email]);
    await desk.world.outside.confirmEmail(email);
  }
  expect(await other.readEmail()).toBe(email);
  expect((await desk.read()).sections.contact.values.email).toBe(email);
};

const changeAvatar: Story = async (desk, other) => {
  expect((await update(desk, { avatar: { image: onePixel } })).outcomes).toEqual({ avatar: { saved: true } });
  expect(await other.hasPicture()).toBe(true);
};

const removeAvatar: Story = async (desk, other) => {
  await update(desk, { avatar: { image: onePixel } });
  expect((await update(desk, { avatar: { image: null } })).outcomes).toEqual({ avatar: { saved: true } });
  expect(await other.hasPicture()).toBe(false);
};

const deleteAccount: Story = async (desk) => {
  const { accountId, person, world } = desk;
  await desk.prove();
  expect(await desk.app.calls.deletion.get({ accountId })).toMatchObject({ refusal: null });
  const wrong = await desk.refusal(desk.app.calls.deletion.remove({ accountId, email: 'other@example.org' }));
  expect(wrong).toMatchObject({ code: 'invalid-request', details: { fields: { email: { code: 'not-valid' } } } });
  expect(await world.takesPassword(person, person.password)).toBe(true);
  await desk.app.calls.deletion.remove({ accountId, email: person.email.toUpperCase() });
  expect(await world.takesPassword(person, person.password)).toBe(false);
  expect(await desk.state()).toBeUndefined();
};

export const profileStories: Stories = {
  'profile.update': updateProfile,
  'email.change': changeEmail,
  'avatar.change': changeAvatar,
  'avatar.remove': removeAvatar,
  'deletion.remove': deleteAccount,
};
