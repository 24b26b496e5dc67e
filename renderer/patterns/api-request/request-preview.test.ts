import { describe, expect, it } from 'vitest';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import RequestPreview from './RequestPreview.vue';

describe('X9 what will be sent', () => {
  it('is shown and hidden by one button, which says which', async () => {
    const { wrapper } = mountWithHost(RequestPreview, { act: { channel: 'mfa.turnOff' } });
    const button = wrapper.find('button');
    expect(button.text()).toBe('Show what will be sent');
    await button.trigger('click');
    expect([button.text(), button.attributes('aria-expanded')]).toEqual(['Hide request', 'true']);
    await button.trigger('click');
    expect(button.text()).toBe('Show what will be sent');
  });
});
