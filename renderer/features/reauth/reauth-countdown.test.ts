import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { hostKey } from '../../host/host.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import ReauthCountdown from './ReauthCountdown.vue';

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

it('E12 counts the confirmed time down: in minutes until the last one, then in seconds, then it is gone', async () => {
  const { host, pinia } = createTestHost();
  const wrapper = mount(ReauthCountdown, {
    props: { validUntil: new Date(15 * 60_000).toISOString() },
    global: { plugins: [pinia], provide: { [hostKey as symbol]: host } },
  });
  const shown = async (seconds: number) => {
    await vi.advanceTimersByTimeAsync(seconds * 1_000 - Date.now());
    return wrapper.findAll('[role=timer]').map((timer) => timer.text());
  };
  expect(await shown(0)).toEqual(['Identity confirmed · 15 min left']);
  expect(await shown(1)).toEqual(['Identity confirmed · 14 min left']);
  expect(await shown(14 * 60)).toEqual(['Identity confirmed · 1 min left']);
  expect(await shown(14 * 60 + 1)).toEqual(['Identity confirmed · 59 sec left']);
  expect(await shown(15 * 60 - 1)).toEqual(['Identity confirmed · 1 sec left']);
  expect(await shown(15 * 60)).toEqual([]);
  wrapper.unmount();
});
