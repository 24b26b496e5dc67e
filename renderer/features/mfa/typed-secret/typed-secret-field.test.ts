import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import TypedSecretField from './TypedSecretField.vue';

describe('C5 a secret that is typed', () => {
  it.each([
    { typed: 'JBSW Y3DP', says: '8 characters so far' },
    { typed: 'JBSWY3DPEHPK3PXP', says: '16 characters, so it is complete.' },
    { typed: 'A'.repeat(26), says: '26 characters, so it is complete.' },
    { typed: 'A'.repeat(32), says: '32 characters, so it is complete.' },
    { typed: 'A'.repeat(33), says: '33 characters so far' },
  ])('of $typed is said: $says', ({ typed, says }) => {
    const wrapper = mount(TypedSecretField, { props: { modelValue: typed, error: undefined, isBusy: false } });
    expect(wrapper.find('#secret-hint').text()).toContain(says);
  });

  it('of a setup link no count is said', () => {
    const modelValue = 'otpauth://totp/Mara?secret=JBSWY3DPEHPK3PXP';
    const wrapper = mount(TypedSecretField, { props: { modelValue, error: undefined, isBusy: false } });
    expect(wrapper.find('#secret-hint').exists()).toBe(false);
  });
});
