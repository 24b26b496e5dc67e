import { effectScope } from 'vue';
import { afterEach, describe, expect, it } from 'vitest';
import { useLeaveStore } from '../../../account/leave.store.ts';
import { createTestHost } from '../../../testing/host-for-tests.ts';
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
  return { profile, isAsking, answer, leave: useLeaveStore(pinia) };
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
