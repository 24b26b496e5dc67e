import { describe, expect, it } from 'vitest';
import { createHostWithAccount } from '../../testing/host-with-account.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import RequestPreview from './RequestPreview.vue';

async function open(describesApi: boolean) {
  const host = await createHostWithAccount({ describesApi });
  return mountWithHost(RequestPreview, { act: { channel: 'mfa.turnOff' } }, host);
}

describe('X9 what will be sent', () => {
  it('is not offered where the service does not tell of its calls', async () => {
    expect((await open(false)).wrapper.find('button').exists()).toBe(false);
  });

  it('is shown and hidden by one button, which says which', async () => {
    const { wrapper } = await open(true);
    const button = wrapper.find('button');
    expect(button.text()).toBe('Show what will be sent');
    await button.trigger('click');
    expect([button.text(), button.attributes('aria-expanded')]).toEqual(['Hide request', 'true']);
    await button.trigger('click');
    expect(button.text()).toBe('Show what will be sent');
  });
});
