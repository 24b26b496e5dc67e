import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { h } from 'vue';
import { createMemoryHistory, createRouter, RouterView } from 'vue-router';
import { settle } from '../testing/waiting.ts';
import { useLeaving } from './use-leaving.ts';

const page = { template: '<p />' };

/** Two pages that are loaded when a test says so, and one that is there. */
async function setUp() {
  const [one, two] = [new Late(), new Late()];
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: page },
      { path: '/one', component: () => one.page },
      { path: '/two', component: () => two.page },
    ],
  });
  let isLeaving = { value: false };
  const shell = {
    setup() {
      isLeaving = useLeaving();
      return () => h(RouterView);
    },
  };
  await router.push('/');
  mount(shell, { global: { plugins: [router] } });
  return { one, two, router, isLeaving: () => isLeaving.value };
}

class Late {
  load = (): void => undefined;
  fail = (): void => undefined;
  readonly page = new Promise<typeof page>((resolve, reject) => {
    this.load = () => resolve(page);
    this.fail = () => reject(new TypeError('the part itself is broken'));
  });
}

describe('D1 a page that gives way to another one', () => {
  it('is about to go until the other one is there', async () => {
    const { one, router, isLeaving } = await setUp();
    expect(isLeaving()).toBe(false);
    const going = router.push('/one');
    await settle();
    expect(isLeaving()).toBe(true);
    one.load();
    await going;
    expect(isLeaving()).toBe(false);
  });

  it('stays where the other one cannot be loaded', async () => {
    const { one, router, isLeaving } = await setUp();
    const going = router.push('/one');
    one.fail();
    await expect(going).rejects.toThrow('the part itself is broken');
    expect(isLeaving()).toBe(false);
  });

  it('goes still where somebody chose a third one meanwhile', async () => {
    const { one, two, router, isLeaving } = await setUp();
    const first = router.push('/one');
    await settle();
    const second = router.push('/two');
    one.load();
    await first;
    expect(isLeaving()).toBe(true);
    two.load();
    await second;
    expect(isLeaving()).toBe(false);
  });

  it('stays where somebody thought better of it', async () => {
    const { router, isLeaving } = await setUp();
    void router.push('/one');
    await settle();
    await router.push('/');
    expect(isLeaving()).toBe(false);
  });
});
