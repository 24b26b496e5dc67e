import { effectScope } from 'vue';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { useAccountsStore } from '../../../account/accounts.store.ts';
import { useAppStore } from '../../../account/app.store.ts';
import { useLeaveStore } from '../../../account/leave.store.ts';
import { createTestHost } from '../../../testing/host-for-tests.ts';
import { settle } from '../../../testing/waiting.ts';
import { useProfileStore } from '../profile.store.ts';
import { useLeaveQuestion } from './use-leave-question.ts';

let end = (): void => undefined;
afterEach(() => end());

async function setUp() {
  const { services, pinia, app } = createTestHost();
  const profile = useProfileStore(pinia);
  await profile.open(services.addAccount().id);
  const scope = effectScope();
  const { isAsking, answer } = app.runWithContext(() => scope.run(useLeaveQuestion))!;
  end = () => scope.stop();
  await useAppStore(pinia).start();
  await useAccountsStore(pinia).start();
  const kept = () => services.drafts.kept.get('c1')?.edits.length ?? 0;
  const goOffline = () =>
    services.setState('c1', { kind: 'offline', since: '2026-03-01T10:00:00.000Z', cause: { code: 'offline' } });
  return { services, profile, isAsking, answer, kept, goOffline, leave: useLeaveStore(pinia) };
}

function isClosingHeldUp(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  dispatchEvent(event);
  return event.defaultPrevented;
}

describe('W2 leaving with changes', () => {
  it('asks nothing where nothing would be lost', async () => {
    const { leave, isAsking } = await setUp();
    expect(await leave.mayLeave()).toBe(true);
    expect(isAsking.value).toBe(false);
    expect(isClosingHeldUp()).toBe(false);
  });

  it('waits for the answer', async () => {
    const { leave, profile, isAsking, answer } = await setUp();
    profile.change('contact.city', 'Malmö');
    const asked = leave.mayLeave();
    expect(isAsking.value).toBe(true);
    answer(true);
    expect(await asked).toBe(true);
    expect(isAsking.value).toBe(false);
  });

  it('takes a second question as "stay" for the first', async () => {
    const { leave, profile, answer } = await setUp();
    profile.change('contact.city', 'Malmö');
    const first = leave.mayLeave();
    const second = leave.mayLeave();
    expect(await first).toBe(false);
    answer(true);
    expect(await second).toBe(true);
  });

  it('C7 asks others who have something to lose first, as long as they do', async () => {
    const { leave, profile, isAsking } = await setUp();
    profile.change('contact.city', 'Malmö');
    const stop = leave.guardPart(() => Promise.resolve(false));
    expect(await leave.mayLeave()).toBe(false);
    expect(await leave.mayLeavePart()).toBe(false);
    expect(isAsking.value).toBe(false);
    stop();
    expect(await leave.mayLeavePart()).toBe(true);
    expect(isAsking.value).toBe(false);
    void leave.mayLeave();
    expect(isAsking.value).toBe(true);
  });

  it('holds the window up, and lets everything go once nobody is there to be asked', async () => {
    const { leave, profile } = await setUp();
    profile.change('contact.city', 'Malmö');
    expect(isClosingHeldUp()).toBe(true);
    const asked = leave.mayLeave();
    end();
    expect(await asked).toBe(false);
    expect(isClosingHeldUp()).toBe(false);
    expect(await leave.mayLeave()).toBe(true);
  });
});

describe('X5 leaving with what is kept as a draft', () => {
  it.each(['page', 'lock'] as const)('offline asks nothing, for it is kept by then: %s', async (leaving) => {
    const { profile, leave, isAsking, kept, goOffline } = await setUp();
    goOffline();
    profile.change('contact.city', 'Malmö');
    expect(await leave.mayLeave(leaving)).toBe(true);
    expect([isAsking.value, kept()]).toEqual([false, 1]);
  });

  it('X11 before a lock asks nothing online either', async () => {
    const { profile, leave, isAsking, kept } = await setUp();
    profile.change('contact.city', 'Malmö');
    expect(await leave.mayLeave('lock')).toBe(true);
    expect([isAsking.value, kept()]).toEqual([false, 1]);
  });

  it('asks where it could not be kept', async () => {
    const { services, profile, leave, isAsking, answer, goOffline } = await setUp();
    goOffline();
    services.faults.set('drafts.save', new AppError('storage-fault', { reason: 'disk-full' }));
    profile.change('contact.city', 'Malmö');
    const asked = leave.mayLeave();
    await expect.poll(() => isAsking.value).toBe(true);
    answer(false);
    expect(await asked).toBe(false);
  });

  it('holds the window up only while it is not kept', async () => {
    const { profile, kept } = await setUp();
    profile.change('contact.city', 'Malmö');
    expect(isClosingHeldUp()).toBe(true);
    // To be asked was to keep it.
    await expect.poll(kept).toBe(1);
    await expect.poll(isClosingHeldUp).toBe(false);
  });

  it('holds the window up where nothing outlasts this run', async () => {
    const { services, profile } = await setUp();
    services.emit('app.changed', { ...services.app, storage: { protection: 'this-run-only', keyStore: null } });
    expect(isClosingHeldUp()).toBe(false);
    profile.change('contact.city', 'Malmö');
    await profile.keep();
    expect(isClosingHeldUp()).toBe(true);
  });

  it.each(['focusout', 'blur', 'pagehide'])(
    'is kept at once when a field, the window or the page is left: %s',
    async (type) => {
      const { profile, kept } = await setUp();
      profile.change('contact.city', 'Malmö');
      dispatchEvent(new Event(type));
      await settle();
      expect(kept()).toBe(1);
    },
  );
});
