import { describe, expect, it } from 'vitest';
import type { ProviderDescription } from '../../../shared/contract/account/accounts.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import CodeStep from './steps/CodeStep.vue';
import PasswordStep from './steps/PasswordStep.vue';

const demo = { identifier: 'demo@profile-desk.example', password: 'four plain words here' };
const provider: ProviderDescription = {
  address: 'http://127.0.0.1:1',
  kind: 'reference',
  name: 'Control account',
  version: null,
  ways: ['password'],
  pasting: null,
  clientId: null,
  identityProviders: [],
  demo,
};
const base = {
  provider,
  target: { kind: 'embedded' },
  identifier: '',
  error: undefined,
  isBusy: false,
  lockedUntil: 0,
};

const codeStep = { error: undefined, isBusy: false, lockedUntil: 0 };

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

  it('W10 says whose code is asked for', () => {
    const { wrapper } = mountWithHost(CodeStep, { ...codeStep, identifier: demo.identifier });
    expect(wrapper.text()).toContain('Signing in as demo@profile-desk.example. Enter the 6-digit code');
  });

  it.each([
    [{ left: 4, pauseSeconds: 900 }, '4 tries left before a 15-minute pause.'],
    [{ left: 1, pauseSeconds: 900 }, '1 try left before a 15-minute pause.'],
    [{ left: 0, pauseSeconds: 900 }, 'No tries left: there is a 15-minute pause now.'],
    [undefined, 'Check both and try again.'],
  ])('says in bold what is wrong, then in plain type with %j tries: %s', async (tries, next) => {
    const error = { code: 'unauthenticated', reason: 'wrong-credentials', ...(tries && { tries }) };
    const { wrapper } = mountWithHost(PasswordStep, { ...base, error });
    const alert = wrapper.find('[role=alert]');
    expect(alert.find('.font-semibold').text()).toBe('Wrong e-mail or password.');
    expect(alert.text()).toBe(`Wrong e-mail or password.${next}`);
  });

  it('W10 says of a wrong code at the field that it is wrong, and marks it', async () => {
    const { wrapper } = mountWithHost(CodeStep, { ...codeStep, identifier: '' });
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

describe('D7 W9 the demo, and a password that is forgotten', () => {
  const button = (name: string) =>
    [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === name);

  it('offers no password that is the person’s own by now, and a fresh start after a question', async () => {
    const changed = { ...provider, demo: { ...demo, password: null } };
    const { wrapper, services } = mountWithHost(PasswordStep, { ...base, provider: changed });
    expect(button('Use and sign in')).toBeUndefined();
    expect(wrapper.text()).toContain('You have changed its password');
    button('Start the demo afresh')!.click();
    await expect.poll(() => document.querySelector('[role=alertdialog]')).not.toBeNull();
    expect(services.asked).toEqual([]);
    document.querySelectorAll<HTMLButtonElement>('[role=alertdialog] button')[1]!.click();
    await settle();
    expect(services.asked.map(({ channel }) => channel)).toEqual(['auth.renewDemo']);
    expect(wrapper.emitted('renewed')).toHaveLength(1);
  });

  it('asks whose password is forgotten, then for the mail, and does not tell whether there is such an account', async () => {
    const { wrapper, services } = mountWithHost(PasswordStep, base);
    button('Forgot your password?')!.click();
    await settle();
    expect(document.activeElement?.id).toBe('identifier');
    expect(wrapper.find('#identifier-error').text()).not.toBe('');
    expect(services.asked).toEqual([]);
    await wrapper.find('#identifier').setValue(' mara@nordlicht.example ');
    button('Forgot your password?')!.click();
    await settle();
    expect(services.asked.at(-1)).toEqual({
      channel: 'auth.requestPasswordReset',
      input: { kind: 'reference', target: { kind: 'embedded' }, identifier: 'mara@nordlicht.example' },
    });
    expect(wrapper.text()).toContain('If there is such an account');
    await expect.poll(() => button('Open the mail')).toBeDefined();
    button('Open the mail')!.click();
    await expect.poll(() => document.querySelector('[role=dialog]')).not.toBeNull();
  });

  it('says why no mail could be asked for', async () => {
    const { wrapper, services } = mountWithHost(PasswordStep, { ...base, identifier: 'mara' });
    services.faults.set('auth.requestPasswordReset', new AppError('not-offered'));
    button('Forgot your password?')!.click();
    await settle();
    expect(wrapper.find('.text-danger').text()).not.toBe('');
    expect(wrapper.text()).not.toContain('on its way');
  });
});
