import { describe, expect, it, vi } from 'vitest';
import { useAccountsStore } from '../../account/accounts.store.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import TokenEnd from './TokenEnd.vue';

const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();

async function setUp(tokenEndsAt: string | null, isSignedOut = false) {
  const { services, wrapper } = mountWithHost(TokenEnd, {});
  services.addAccount({
    ...{ providerName: 'GitHub', address: 'https://github.com', tokenEndsAt },
    ...(isSignedOut && { state: { kind: 'signed-out', sessionEnded: true } as const }),
  });
  await useAccountsStore().reload();
  await settle();
  return wrapper;
}

describe('R2 X3 a token that ends', () => {
  it.each([
    ['soon', days(2), true],
    ['today', days(0.01), true],
    ['much later', days(20), false],
    ['never', null, false],
  ])('%s: is spoken of as long as another one can be made in time', async (_when, end, isShown) => {
    const wrapper = await setUp(end);
    expect(wrapper.text().includes('Your token for GitHub ends on')).toBe(isShown);
  });

  it('is not spoken of once its account is signed out', async () => {
    expect((await setUp(days(1), true)).text()).toBe('');
  });

  it('leads to a sign-in at the same service', async () => {
    const wrapper = await setUp(days(1));
    const push = vi.spyOn(wrapper.vm.$router, 'push');
    await wrapper.find('button').trigger('click');
    expect(push).toHaveBeenCalledWith({ name: 'connect', query: { again: 'c1', renew: 'token' } });
  });
});
