import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hostKey } from '../host/host.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import AppBanner from './feedback/AppBanner.vue';
import AppButton from './actions/AppButton.vue';
import AppTooltip from './overlays/AppTooltip.vue';
import CopyButton from './actions/CopyButton.vue';
import UserAvatar from './pictures/UserAvatar.vue';

describe('W2 a button', () => {
  it('tells of a press', async () => {
    const wrapper = mount(AppButton);
    await wrapper.trigger('click');
    expect(wrapper.emitted('press')).toHaveLength(1);
    expect(wrapper.attributes('type')).toBe('button');
  });

  it.each([{ isInert: true }, { isBusy: true }])('does nothing, but can be reached, with %o', async (props) => {
    const wrapper = mount(AppButton, { props: { ...props, type: 'submit' } });
    const event = new MouseEvent('click', { cancelable: true });
    wrapper.element.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    expect(wrapper.emitted('press')).toBeUndefined();
    expect(wrapper.attributes('aria-disabled')).toBe('true');
    expect(wrapper.attributes()).not.toHaveProperty('disabled');
  });
});

describe('X13 a tooltip', () => {
  it('goes when a press gives it another text, which nobody asked for', async () => {
    const wrapper = mount(AppTooltip, { props: { text: 'Ctrl+S' }, slots: { default: '<button>x</button>' } });
    await wrapper.trigger('pointerenter');
    await wrapper.setProps({ text: 'There is nothing to update.' });
    expect(wrapper.find('[role=tooltip]').classes()).not.toContain('visible');
    await wrapper.trigger('pointerleave');
    await wrapper.trigger('pointerenter');
    expect(wrapper.find('[role=tooltip]').classes()).toContain('visible');
  });

  it('that is the label of its button tells at once what it says now', async () => {
    const props = { text: 'Copy', isLabel: true };
    const wrapper = mount(AppTooltip, { props, slots: { default: '<button>x</button>' } });
    await wrapper.trigger('pointerenter');
    await wrapper.setProps({ text: 'Copied' });
    expect(wrapper.find('[role=tooltip]').classes()).toContain('visible');
  });

  it('shows on focus and on pointing, and goes at Escape', async () => {
    const wrapper = mount(AppTooltip, { props: { text: 'Last seen' }, slots: { default: '<button>x</button>' } });
    const isShown = () => wrapper.find('[role=tooltip]').classes().includes('visible');
    expect(isShown()).toBe(false);
    await wrapper.find('button').trigger('focusin');
    expect(isShown()).toBe(true);
    await wrapper.find('button').trigger('keydown', { key: 'Escape' });
    expect(isShown()).toBe(false);
    await wrapper.trigger('pointerenter');
    expect(isShown()).toBe(true);
    await wrapper.trigger('pointerleave');
    expect(isShown()).toBe(false);
  });

  it('keeps the Escape that closes it from closing anything around it', async () => {
    let heard = 0;
    const wrapper = mount({
      components: { AppTooltip },
      template: '<div @keydown="count"><AppTooltip text="t"><button>x</button></AppTooltip></div>',
      methods: { count: () => (heard += 1) },
    });
    await wrapper.find('button').trigger('focusin');
    await wrapper.find('button').trigger('keydown', { key: 'Escape' });
    await wrapper.find('button').trigger('keydown', { key: 'Escape' });
    expect(heard).toBe(1);
  });
});

describe('D7 a copy button', () => {
  afterEach(() => void vi.unstubAllGlobals());
  const labels = { copy: 'Copy', copied: 'Copied', failed: 'Copy it by hand.' };

  function mountCopy() {
    const { services, host } = createTestHost();
    const provide = { [hostKey as symbol]: host };
    const wrapper = mount(CopyButton, { props: { text: 'a fingerprint', labels }, global: { provide } });
    return { services, wrapper };
  }

  it('has the services copy, without any right of the page, and says so', async () => {
    // As under the permission handlers of Electron.
    const refused = () => Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError'));
    vi.stubGlobal('navigator', { clipboard: { writeText: refused } });
    const { services, wrapper } = mountCopy();
    await wrapper.find('button').trigger('click');
    await expect.poll(() => wrapper.find('[role=status]').text()).toBe('Copied');
    expect(services.asked).toEqual([{ channel: 'clipboard.copyText', input: { text: 'a fingerprint' } }]);
  });

  it('copies by the page where the services have no clipboard', async () => {
    const { services, wrapper } = mountCopy();
    services.keys.hasClipboard = false;
    const given = new Map<string, string>();
    document.execCommand = (command) => {
      const event = new Event(command, { cancelable: true });
      dispatchEvent(Object.assign(event, { clipboardData: { setData: given.set.bind(given) } }));
      return event.defaultPrevented;
    };
    await wrapper.find('button').trigger('click');
    await expect.poll(() => wrapper.find('[role=status]').text()).toBe('Copied');
    expect([...given]).toEqual([['text/plain', 'a fingerprint']]);
  });

  it('says what to do where neither can', async () => {
    const { services, wrapper } = mountCopy();
    services.keys.hasClipboard = false;
    document.execCommand = () => false;
    await wrapper.find('button').trigger('click');
    await expect.poll(() => wrapper.find('[role=status]').text()).toBe('Copy it by hand.');
  });
});

describe('D3 a banner', () => {
  it.each([
    ['danger', false, 'alert'],
    ['warning', false, 'status'],
    ['danger', true, undefined],
  ] as const)('of kind %s, silent %s, has the role %s', (kind, isSilent, role) => {
    expect(mount(AppBanner, { props: { kind, isSilent, title: 'T' } }).attributes('role')).toBe(role);
  });

  it('can be put away only where that was offered', async () => {
    expect(
      mount(AppBanner, { props: { kind: 'info', title: 'T' } })
        .find('button')
        .exists(),
    ).toBe(false);
    const wrapper = mount(AppBanner, { props: { kind: 'info', title: 'T', dismissLabel: 'Dismiss' } });
    await wrapper.find('button').trigger('click');
    expect(wrapper.emitted('dismiss')).toHaveLength(1);
  });
});

describe('E1 an avatar', () => {
  it.each([
    ['Mara Lindqvist', 'ML'],
    ['Ana María de la Cruz', 'AC'],
    ['mara', 'M'],
    ['  ', ''],
    ['👩‍🚀 Nova', '👩‍🚀N'],
    ['عبد الرحمن', 'عا'],
  ])('"%s" becomes "%s"', (name, initials) =>
    expect(mount(UserAvatar, { props: { name, image: null } }).text()).toBe(initials),
  );

  it('shows the picture instead where there is one', () => {
    const wrapper = mount(UserAvatar, { props: { name: 'Mara', image: 'data:image/png;base64,AA==' } });
    expect(wrapper.find('img').attributes('src')).toBe('data:image/png;base64,AA==');
    expect(wrapper.text()).toBe('');
  });
});
