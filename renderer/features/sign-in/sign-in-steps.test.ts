import { afterEach, describe, expect, it } from 'vitest';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import CodeStep from './components/CodeStep.vue';
import PasswordStep from './components/PasswordStep.vue';

const demo = { identifier: 'demo@profile-desk.example', password: 'four plain words here' };
const provider = { address: 'http://127.0.0.1:1', name: 'Control account', identityProviders: [], demo };
const base = { provider, isEmbedded: true, identifier: '', error: undefined, isBusy: false, lockedUntil: 0 };

afterEach(() => document.body.replaceChildren());

describe('D7 signing in', () => {
  it('does not offer the demo while it is locked, and does for another name that is locked', async () => {
    const { wrapper } = mountWithHost(PasswordStep, { ...base, lockedUntil: Date.now() + 900_000 });
    const use = () => wrapper.findAll('button').find((each) => each.text() === 'Use and sign in')!;
    expect(use().attributes('aria-disabled')).toBeUndefined();
    await wrapper.find('#identifier').setValue(demo.identifier);
    expect(use().attributes('aria-disabled')).toBe('true');
  });

  it('marks a refused password, so that the next one is typed over it', async () => {
    const { wrapper } = mountWithHost(PasswordStep, { ...base, identifier: 'mara' });
    await wrapper.find('#password').setValue('wrong');
    await wrapper.setProps({ error: { code: 'unauthenticated', reason: 'wrong-credentials' } });
    await settle();
    const field = wrapper.find<HTMLInputElement>('#password').element;
    expect(document.activeElement).toBe(field);
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, 5]);
  });

  it('W10 says of a wrong code at the field that it is wrong, and marks it', async () => {
    const { wrapper } = mountWithHost(CodeStep, { error: undefined, isBusy: false, lockedUntil: 0 });
    await wrapper.find('#code').setValue('000000');
    await wrapper.setProps({ error: { code: 'unauthenticated', reason: 'wrong-code' } });
    await settle();
    const field = wrapper.find<HTMLInputElement>('#code');
    expect(field.attributes('aria-invalid')).toBe('true');
    expect(wrapper.find('#code-error').text()).not.toBe('');
    expect(wrapper.find('[role=alert]').exists()).toBe(false);
    expect(field.element.selectionEnd).toBe(6);
  });
});
