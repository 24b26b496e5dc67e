import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { useAccountsStore } from '../../../account/accounts.store.ts';
import { createTestHost } from '../../../testing/host-for-tests.ts';
import { sampleAgent } from '../../../testing/sample-profile.ts';
import { useProfileStore } from '../profile.store.ts';

/** An agent's profile with WFM switched on here, while the provider takes WFM away; nobody here is told of that yet. */
async function changeWhatGoes() {
  const { services, pinia } = createTestHost();
  const { id } = services.addAccount();
  services.profiles.set(id, sampleAgent(id));
  const profile = useProfileStore(pinia);
  await useAccountsStore(pinia).start();
  await profile.open(id);
  profile.change('workplace.wfmNotifications', true);
  profile.change('workplace.wfmInterval', 15);
  const absent = { kind: 'not-offered' } as const;
  const after = services.changeElsewhere(id, 'workplace', {});
  Object.assign(after.sections.workplace.access, { wfmNotifications: absent, wfmInterval: absent });
  const locked = { code: 'locked' } as const;
  services.refusals.set(
    'workplace',
    new AppError('forbidden', { permission: 'WFM', fields: { wfmNotifications: locked, wfmInterval: locked } }),
  );
  const updates = () => services.asked.filter(({ channel }) => channel === 'profile.update').length;
  return { services, profile, after, updates };
}

describe('X6 a field that disappears while it is being edited', () => {
  it('takes the change along, and that is told', async () => {
    const { services, profile, after } = await changeWhatGoes();
    services.emit('profile.changed', after);
    expect([profile.isDirty, profile.goneFields, profile.mergedFields]).toEqual([
      false,
      ['workplace.wfmNotifications', 'workplace.wfmInterval'],
      [],
    ]);
    profile.dismissGone();
    expect(profile.goneFields).toEqual([]);
  });

  it('is no fault to be mended where it is found out by an Update, and what else was changed is saved', async () => {
    const { profile } = await changeWhatGoes();
    profile.change('user.firstName', 'Dan');
    expect(await profile.update()).toBe(true);
    expect(profile.outcome).toMatchObject({ saved: ['user'], failed: [] });
    expect(profile.outcome.fieldErrors.size).toBe(0);
    expect(profile.goneFields).toHaveLength(2);
  });

  it('does not keep the rest of its section from being sent once more', async () => {
    const { profile, updates } = await changeWhatGoes();
    profile.change('workplace.dialingPattern', 'international');
    await profile.update();
    expect(updates()).toBe(2);
    expect(profile.changed).toEqual(['workplace.dialingPattern']);
  });
});
