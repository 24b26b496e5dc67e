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
  services.profileOf(id).sections.workplace.access.dialingPattern = { kind: 'editable' };
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

describe('X5 X6 a field that disappears while it is being edited', () => {
  it('leaves what was typed beside the form, until the person drops it, and that can be undone', async () => {
    const { services, profile, after } = await changeWhatGoes();
    services.emit('profile.changed', after);
    const paths = () => [...profile.stranded.keys()];
    expect([profile.isDirty, profile.changed, profile.obstacle, paths(), profile.mergedFields]).toEqual([
      false,
      [],
      'nothing-changed',
      ['workplace.wfmNotifications', 'workplace.wfmInterval'],
      [],
    ]);
    const undo = profile.dropStranded('workplace.wfmInterval');
    expect(paths()).toEqual(['workplace.wfmNotifications']);
    undo();
    expect(paths()).toHaveLength(2);
  });

  it('is not among what Discard drops', async () => {
    const { services, profile, after } = await changeWhatGoes();
    profile.change('contact.city', 'Malmö');
    services.emit('profile.changed', after);
    const undo = profile.discard();
    expect([profile.isDirty, profile.stranded.size]).toEqual([false, 2]);
    undo();
    expect([profile.changed, profile.stranded.size]).toEqual([['contact.city'], 2]);
  });

  it('is in the form again once the provider has it back', async () => {
    const { services, profile, after } = await changeWhatGoes();
    services.emit('profile.changed', after);
    const { id } = services.accounts.accounts[0]!;
    services.refusals.clear();
    const back = services.changeElsewhere(id, 'workplace', {});
    Object.assign(back.sections.workplace.access, sampleAgent(id).sections.workplace.access);
    services.emit('profile.changed', back);
    expect([profile.changed, profile.stranded.size]).toEqual([
      ['workplace.wfmNotifications', 'workplace.wfmInterval'],
      0,
    ]);
  });

  it('is no fault to be mended where it is found out by an Update, and what else was changed is saved', async () => {
    const { profile } = await changeWhatGoes();
    profile.change('user.firstName', 'Dan');
    expect(await profile.update()).toBe(true);
    expect(profile.outcome).toMatchObject({ saved: ['user'], failed: [] });
    expect(profile.outcome.fieldErrors.size).toBe(0);
    expect(profile.stranded.size).toBe(2);
  });

  it('does not keep the rest of its section from being sent once more', async () => {
    const { profile, updates } = await changeWhatGoes();
    profile.change('workplace.dialingPattern', 'international');
    await profile.update();
    expect(updates()).toBe(2);
    expect(profile.changed).toEqual(['workplace.dialingPattern']);
  });
});

describe('X5 X6 a field that is locked while it is being edited', () => {
  it.each([
    { kind: 'needs-permission', permission: 'Edit' },
    { kind: 'set-by-provider' },
    { kind: 'hand-off', page: 'id.example.org', comesBack: true },
  ] as const)('is not sent, and its own value shows again: $kind', async (access) => {
    const { services, profile, updates } = await changeWhatGoes();
    const { id } = services.accounts.accounts[0]!;
    profile.change('contact.city', 'Malmö');
    const after = services.changeElsewhere(id, 'contact', {});
    after.sections.contact.access.city = access;
    services.emit('profile.changed', after);
    expect([profile.valueOf('contact.city'), profile.stranded.get('contact.city')]).toEqual([
      'Stockholm',
      { base: 'Stockholm', mine: 'Malmö' },
    ]);
    expect(profile.changed).not.toContain('contact.city');
    expect(updates()).toBe(0);
  });
});
