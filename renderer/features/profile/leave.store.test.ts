import { describe, expect, it } from 'vitest';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { useLeaveStore } from '../../account/leave.store.ts';
import { useProfileStore } from './profile.store.ts';

async function setUp() {
  const { services, pinia } = createTestHost();
  const profile = useProfileStore(pinia);
  await profile.open(services.addConnection().id);
  return { profile, leave: useLeaveStore(pinia) };
}

describe('W2 leaving with changes', () => {
  it('asks nothing where nothing would be lost', async () => {
    const { leave } = await setUp();
    expect(await leave.mayLeave()).toBe(true);
    expect(leave.isAsking).toBe(false);
  });

  it('waits for the answer', async () => {
    const { leave, profile } = await setUp();
    profile.change('contact.city', 'Malmö');
    const asked = leave.mayLeave();
    expect(leave.isAsking).toBe(true);
    leave.answer(true);
    expect(await asked).toBe(true);
    expect(leave.isAsking).toBe(false);
  });

  it('takes a second question as "stay" for the first', async () => {
    const { leave, profile } = await setUp();
    profile.change('contact.city', 'Malmö');
    const first = leave.mayLeave();
    const second = leave.mayLeave();
    expect(await first).toBe(false);
    leave.answer(true);
    expect(await second).toBe(true);
  });

  it('C7 asks others who have something to lose first, as long as they do', async () => {
    const { leave, profile } = await setUp();
    profile.change('contact.city', 'Malmö');
    const end = leave.guard(() => Promise.resolve(false));
    expect(await leave.mayLeave()).toBe(false);
    expect(await leave.mayLeavePart()).toBe(false);
    expect(leave.isAsking).toBe(false);
    end();
    expect(await leave.mayLeavePart()).toBe(true);
    expect(leave.isAsking).toBe(false);
    void leave.mayLeave();
    expect(leave.isAsking).toBe(true);
  });
});
