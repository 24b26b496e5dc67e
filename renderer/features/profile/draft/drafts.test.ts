import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { useAccountsStore } from '../../../account/accounts.store.ts';
import type { FakeServices } from '../../../testing/fake-services.ts';
import { createTestHost } from '../../../testing/host-for-tests.ts';
import { createGate, settle } from '../../../testing/waiting.ts';
import { useProfileStore } from '../profile.store.ts';

async function setUp() {
  const { services, pinia } = createTestHost();
  const { id } = services.addAccount();
  const accounts = useAccountsStore(pinia);
  const profile = useProfileStore(pinia);
  await accounts.start();
  return { services, id, accounts, profile };
}

describe('W2 the draft of each account', () => {
  it('survives looking at another account', async () => {
    const { services, profile, id } = await setUp();
    await profile.open(id);
    profile.change('contact.city', 'Malmö');
    await profile.open(services.addAccount().id);
    expect(profile.isDirty).toBe(false);
    await profile.open(id);
    expect(profile.valueOf('contact.city')).toBe('Malmö');
  });

  it('stays as long as its account is on this computer, and goes with it', async () => {
    const { services, accounts, profile, id } = await setUp();
    await profile.open(id);
    profile.change('contact.city', 'Malmö');
    services.setState(id, { kind: 'signed-out', sessionEnded: true });
    services.addAccount();
    await accounts.reload();
    expect(profile.changed).toEqual(['contact.city']);
    await accounts.signOut(accounts.find(id)!, { forget: true });
    expect(accounts.find(id)).toBeUndefined();
    expect(profile.isDirty).toBe(false);
  });

  it('can be discarded as a whole', async () => {
    const { profile, id } = await setUp();
    await profile.open(id);
    profile.change('contact.city', 'Malmö');
    profile.change('user.firstName', 'Maria');
    profile.discard();
    expect(profile.changed).toEqual([]);
    expect(profile.valueOf('contact.city')).toBe('Stockholm');
  });

  it('what was discarded comes back, on newer values, and gives way to what was typed since', async () => {
    const { services, profile, id } = await setUp();
    await profile.open(id);
    profile.change('contact.city', 'Malmö');
    profile.change('user.firstName', 'Maria');
    profile.change('contact.phone', '1');
    const undo = profile.discard();
    services.emit('profile.changed', services.changeElsewhere(id, 'contact', { city: 'Uppsala' }));
    profile.change('user.firstName', 'Marie');
    undo();
    expect(profile.valueOf('user.firstName')).toBe('Marie');
    expect(profile.valueOf('contact.phone')).toBe('1');
    expect(profile.conflicts).toEqual(['contact.city']);
  });

  it('and goes to the account that it is of', async () => {
    const { services, profile, id } = await setUp();
    await profile.open(id);
    profile.change('contact.city', 'Malmö');
    const undo = profile.discard();
    await profile.open(services.addAccount().id);
    undo();
    expect(profile.isDirty).toBe(false);
    await profile.open(id);
    expect(profile.valueOf('contact.city')).toBe('Malmö');
  });
});

describe('X5 X11 what was typed last, before the app is locked by others', () => {
  const confirmed = (services: FakeServices) => services.asked.some(({ channel }) => channel === 'drafts.confirmKept');

  it('is kept at once, of each account, and then it is said', async () => {
    const { services, profile, id } = await setUp();
    await profile.open(id);
    profile.change('contact.city', 'Malmö');
    const other = services.addAccount().id;
    await profile.open(other);
    profile.change('contact.city', 'Lund');
    const { opened, open } = createGate();
    services.gates.set('drafts.save', opened);
    services.emit('drafts.wanted', {});
    await settle();
    expect(confirmed(services)).toBe(false);
    open();
    await settle();
    const cities = [id, other].map((each) => services.drafts.kept.get(each)?.edits[0]?.mine);
    expect([cities, confirmed(services)]).toEqual([['Malmö', 'Lund'], true]);
  });

  it('holds nobody up where there is nothing, or where it cannot be kept', async () => {
    const { services, profile, id } = await setUp();
    await profile.open(id);
    services.emit('drafts.wanted', {});
    await settle();
    expect(confirmed(services)).toBe(true);
    services.asked.length = 0;
    services.faults.set('drafts.save', new AppError('storage-fault'));
    profile.change('contact.city', 'Malmö');
    services.emit('drafts.wanted', {});
    await settle();
    expect([confirmed(services), profile.isKept()]).toEqual([true, false]);
  });
});
