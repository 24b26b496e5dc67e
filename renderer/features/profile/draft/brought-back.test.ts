import { describe, expect, it } from 'vitest';
import type { DraftEdit } from '../../../../shared/contract/drafts.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { useAccountsStore } from '../../../account/accounts.store.ts';
import { createTestHost } from '../../../testing/host-for-tests.ts';
import { sampleMore } from '../../../testing/sample-more.ts';
import { createGate, settle } from '../../../testing/waiting.ts';
import { useProfileStore } from '../profile.store.ts';

const city: DraftEdit = { path: 'contact.city', base: 'Stockholm', mine: 'Malmö' };
const phone: DraftEdit = { path: 'contact.phone', base: '+46 8 123 456 78', mine: '1' };

/** An account whose draft was kept by an earlier run of the app. */
async function setUp(...edits: DraftEdit[]) {
  const testHost = createTestHost();
  const { services, pinia } = testHost;
  const { id } = services.addAccount();
  const savedAt = '2026-02-27T10:00:00.000Z';
  services.drafts.keep(id, edits, savedAt);
  const accounts = useAccountsStore(pinia);
  const profile = useProfileStore(pinia);
  await accounts.start();
  const kept = (of = id) => services.drafts.kept.get(of)?.edits;
  const sent = () => services.asked.filter(({ channel }) => channel === 'profile.update').length;
  return { ...testHost, id, savedAt, accounts, profile, kept, sent };
}

describe('X5 a draft that was kept', () => {
  it('is in the form again with its age, keeps it, and is not sent by itself', async () => {
    const { profile, id, savedAt, kept, sent, services } = await setUp(city);
    await profile.open(id);
    await settle();
    expect([profile.valueOf('contact.city'), profile.changed, profile.broughtBackAt]).toEqual([
      'Malmö',
      ['contact.city'],
      savedAt,
    ]);
    expect(await profile.keep()).toBe(true);
    expect([kept(), services.drafts.kept.get(id)?.savedAt, sent()]).toEqual([[city], savedAt, 0]);
    profile.change('user.firstName', 'Maria');
    expect([profile.changed.length, profile.broughtBackFields]).toEqual([2, ['contact.city']]);
    profile.undo('user.firstName');
    profile.dismissBroughtBack();
    expect([profile.broughtBackAt, profile.changed]).toEqual([undefined, ['contact.city']]);
  });

  it('asks which value stays where the field was changed elsewhere meanwhile, and only there', async () => {
    const { profile, id, services, sent } = await setUp(city, phone);
    services.changeElsewhere(id, 'contact', { city: 'Uppsala', addressLine1: 'Storgatan 1' });
    await profile.open(id);
    await settle();
    expect([profile.changed, profile.conflicts, profile.obstacle]).toEqual([
      ['contact.phone', 'contact.city'],
      ['contact.city'],
      'conflicts',
    ]);
    expect(profile.draft.get('contact.city')).toEqual({ base: 'Stockholm', mine: 'Malmö', theirs: 'Uppsala' });
    await profile.update();
    expect(sent()).toBe(0);
    profile.keepMine('contact.city');
    expect(await profile.update()).toBe(true);
    expect(services.profileOf(id).sections.contact.values).toMatchObject({ city: 'Malmö', phone: '1' });
  });

  it('is put on what is there also where that is known first', async () => {
    const { profile, id, services } = await setUp(city);
    const { opened, open } = createGate();
    services.gates.set('drafts.get', opened);
    services.changeElsewhere(id, 'contact', { city: 'Uppsala' });
    await profile.open(id);
    profile.change('user.firstName', 'Maria');
    open();
    await settle();
    expect([profile.changed, profile.conflicts]).toEqual([['user.firstName', 'contact.city'], ['contact.city']]);
  });

  it('goes from the disk where the same was done elsewhere, once it is sent, and with the account', async () => {
    const { profile, id, services, kept } = await setUp(city, phone);
    services.changeElsewhere(id, 'contact', { city: 'Malmö' });
    await profile.open(id);
    await settle();
    expect(profile.changed).toEqual(['contact.phone']);
    await profile.keep();
    expect(kept()).toEqual([phone]);
    await profile.update();
    await profile.keep();
    expect([kept(), profile.broughtBackAt]).toEqual([undefined, undefined]);
  });

  it('goes when it is discarded, and is kept again by Undo', async () => {
    const { profile, id, kept } = await setUp(city);
    await profile.open(id);
    await settle();
    const undo = profile.discard();
    await profile.keep();
    expect([kept(), profile.isDirty]).toEqual([undefined, false]);
    undo();
    await profile.keep();
    expect([kept(), profile.valueOf('contact.city')]).toEqual([[city], 'Malmö']);
  });

  it('is of its account alone', async () => {
    const { profile, id, services, kept } = await setUp(city);
    const other = services.addAccount().id;
    services.drafts.keep(other, [phone]);
    await profile.open(other);
    await settle();
    expect(profile.changed).toEqual(['contact.phone']);
    await profile.open(id);
    await settle();
    expect(profile.changed).toEqual(['contact.city']);
    profile.undo('contact.city');
    await profile.keep();
    expect([kept(), kept(other)]).toEqual([undefined, [phone]]);
  });

  it('keeps what the screen called a field that the service describes no more', async () => {
    const { profile, id, services, kept } = await setUp();
    services.profileOf(id).sections.more = sampleMore({ team: { label: 'Team', value: 'A' } });
    await profile.open(id);
    profile.change('more.team', 'B', { label: 'Team', value: 'B' });
    await profile.keep();
    const edit = { base: 'A', mine: 'B', shown: { label: 'Team', value: 'B' } };
    expect(kept()).toEqual([{ path: 'more.team', ...edit }]);
    services.emit('profile.changed', {
      ...services.profileOf(id),
      sequence: 1e9,
      sections: { ...services.profileOf(id).sections, more: sampleMore({}) },
    });
    expect([profile.changed, [...profile.stranded]]).toEqual([[], [['more.team', edit]]]);
    profile.dropStranded('more.team');
    await profile.keep();
    expect(kept()).toBeUndefined();
  });
});

describe('X5 a draft while something else goes on', () => {
  it('of another account is neither sent nor touched by an Update that is under way', async () => {
    const { profile, id, services, sent, kept } = await setUp(city);
    const other = services.addAccount().id;
    services.drafts.keep(other, [city, phone]);
    await profile.open(id);
    await settle();
    const gate = createGate();
    services.gates.set('profile.update', gate.opened);
    const updating = profile.update();
    await settle();
    await profile.open(other);
    await settle();
    gate.open();
    await updating;
    await profile.keep();
    expect([profile.accountId, profile.changed, kept(other)]).toEqual([
      other,
      ['contact.phone', 'contact.city'],
      [city, phone],
    ]);
    expect([kept(), sent(), profile.outcome.saved]).toEqual([undefined, 1, []]);
  });

  it('is not sent again for another account where sending once more would have helped the first', async () => {
    const { profile, id, services, sent, kept } = await setUp(city);
    const other = services.addAccount().id;
    services.drafts.keep(other, [phone]);
    await profile.open(id);
    await settle();
    services.changeElsewhere(id, 'contact', { addressLine1: 'Storgatan 1' });
    const gate = createGate();
    services.gates.set('profile.update', gate.opened);
    const updating = profile.update();
    await settle();
    await profile.open(other);
    await settle();
    gate.open();
    await updating;
    await profile.keep();
    expect([sent(), kept(), kept(other), profile.outcome.failed]).toEqual([1, [city], [phone], []]);
  });

  it('can be typed on while the provider is asked anew', async () => {
    const { profile, id, services } = await setUp();
    services.faults.set('profile.get provider', new AppError('offline'));
    services.profiles.set(id, { ...services.profileOf(id), source: 'cache' });
    await profile.open(id);
    profile.change('contact.city', 'Malmö');
    services.faults.clear();
    const gate = createGate();
    services.gates.set('profile.get provider', gate.opened);
    const asking = profile.refresh();
    expect([profile.stateOf('contact.city').kind, profile.stateOf('contact.phone').kind]).toEqual([
      'editable',
      'pending',
    ]);
    gate.open();
    await asking;
  });

  it('is asked for again after a new sign-in', async () => {
    const { profile, id, services, accounts } = await setUp(city);
    services.faults.set('drafts.get', new AppError('unauthenticated', { reason: 'session-ended' }));
    await profile.open(id);
    services.setState(id, { kind: 'signed-out', sessionEnded: true });
    await settle();
    services.faults.clear();
    services.setState(id, { kind: 'online', since: '2026-03-01T10:05:00.000Z' });
    await settle();
    expect([accounts.find(id)?.state.kind, profile.changed]).toEqual(['online', ['contact.city']]);
  });
});

describe('X5 what cannot be kept', () => {
  it('stays on the screen, and why is said until it can', async () => {
    const { profile, id, services, kept } = await setUp();
    await profile.open(id);
    services.faults.set('drafts.save', new AppError('storage-fault', { reason: 'disk-full' }));
    profile.change('contact.city', 'Malmö');
    expect(await profile.keep()).toBe(false);
    expect([profile.keepError?.reason, profile.isKept(), profile.valueOf('contact.city')]).toEqual([
      'disk-full',
      false,
      'Malmö',
    ]);
    services.faults.clear();
    expect(await profile.keep()).toBe(true);
    expect([profile.keepError, kept()]).toEqual([undefined, [city]]);
  });

  it('is no call any more for an account that is gone', async () => {
    const { profile, id, services, accounts } = await setUp();
    await profile.open(id);
    profile.change('contact.city', 'Malmö');
    await profile.keep();
    profile.change('contact.phone', '1');
    const before = services.asked.length;
    await accounts.signOut(accounts.find(id)!, { forget: true });
    expect(await profile.keep()).toBe(true);
    const since = services.asked.slice(before).map(({ channel }) => channel);
    expect(since.filter((channel) => channel.startsWith('drafts.'))).toEqual([]);
  });
});
