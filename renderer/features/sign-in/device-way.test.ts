import { describe, expect, it } from 'vitest';
import type { ProviderDescription, WayInName } from '../../../shared/contract/account/accounts.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import { connectErrorText } from './connect-error-text.ts';
import { toWayIn } from './sign-in-steps.ts';
import DeviceCodeStep from './steps/by-page/DeviceCodeStep.vue';
import DeviceStep from './steps/by-page/DeviceStep.vue';
import TokenStep from './steps/TokenStep.vue';
import { useSignIn } from './use-sign-in.ts';

const target = { kind: 'address', address: 'https://git.example.org' } as const;
const provider: ProviderDescription = {
  ...{ address: target.address, kind: 'gitea', name: 'Forge', version: null, ways: ['device', 'token'] },
  ...{ pasting: null, clientId: null, identityProviders: [], demo: null },
};

function setUp() {
  const { services, app } = createTestHost();
  services.described = provider;
  const done: string[] = [];
  const signIn = app.runWithContext(() => useSignIn(async (id) => void done.push(id)));
  const start = async () => {
    await signIn.choose(target);
    signIn.takeWay('device');
    return signIn.signInByDevice('desk');
  };
  return { services, done, start, ...signIn };
}

describe('R2 the ways into one account', () => {
  it.each<[readonly WayInName[], string | null, WayInName]>([
    [['token', 'device'], null, 'token'],
    [['token', 'device'], 'desk', 'device'],
    [['device', 'browser', 'token'], null, 'browser'],
    [['token', 'password'], null, 'password'],
    [['token', 'browser'], null, 'token'],
    [['token', 'browser'], 'desk', 'browser'],
    [['browser', 'password'], null, 'browser'],
    [['device'], null, 'device'],
  ])('of %j, with the client id %s, %s comes first', (ways, clientId, first) => {
    expect(toWayIn(target, { ...provider, ways: [...ways], clientId }).kind).toBe(first);
  });

  it('can be changed, and what went wrong on one is not said of another', async () => {
    const { services, choose, takeWay, signInWithToken, step, error } = setUp();
    await choose(target);
    services.faults.set('auth.signInWithToken', new AppError('unauthenticated', { reason: 'key-refused' }));
    await signInWithToken('x');
    expect(error.value?.reason).toBe('key-refused');
    takeWay('device');
    expect([step.value.kind, error.value]).toEqual(['device', undefined]);
  });

  it('each has a button on the others', async () => {
    const props = { provider, target, error: undefined, isBusy: false };
    const { wrapper } = mountWithHost(TokenStep, props);
    await wrapper
      .findAll('button')
      .find((each) => each.text() === 'Type a code on its page instead')!
      .trigger('click');
    expect(wrapper.emitted('use')).toEqual([['device']]);
  });
});

describe('R2 signing in by a code', () => {
  it('shows it until it is typed, and goes on', async () => {
    const { services, start, step, done } = setUp();
    const signedIn = start();
    await settle();
    expect(step.value).toMatchObject({ kind: 'device-code', attempt: { userCode: 'WDJB-MJHT' } });
    services.deviceSignIn.settle();
    await signedIn;
    expect(done).toEqual(['c1']);
    const { input } = services.asked.find(({ channel }) => channel === 'auth.beginDeviceSignIn')!;
    expect(input).toEqual({ kind: 'gitea', target, clientId: 'desk', again: undefined });
  });

  it('leads back with the reason, and with the client id that was tried', async () => {
    const { services, start, step, error } = setUp();
    const signedIn = start();
    await settle();
    services.deviceSignIn.settle(new AppError('cancelled', { reason: 'code-expired' }));
    await signedIn;
    expect(step.value).toMatchObject({ kind: 'device', tried: 'desk' });
    expect(error.value?.reason).toBe('code-expired');
  });

  it('is called off without a word', async () => {
    const { services, start, step, error, back } = setUp();
    const signedIn = start();
    await settle();
    back();
    await signedIn;
    expect([step.value.kind, error.value]).toEqual(['device', undefined]);
    expect(services.asked.at(-1)).toEqual({ channel: 'auth.cancelDeviceSignIn', input: { attempt: 'd1' } });
  });

  it('says while it waits that the service cannot be asked, until it can be again', async () => {
    const { services, start, codeTrouble } = setUp();
    const signedIn = start();
    await settle();
    services.deviceSignIn.tellTrouble({ code: 'offline', reason: 'no-network' });
    expect(codeTrouble.value?.reason).toBe('no-network');
    services.deviceSignIn.tellTrouble(null);
    expect(codeTrouble.value).toBeUndefined();
    services.deviceSignIn.settle();
    await signedIn;
  });

  it.each([
    ['code-expired', 'cancelled', 'does not work any more'],
    ['declined-at-provider', 'cancelled', 'declined on the page'],
    ['client-not-known', 'invalid-request', 'no app with this client ID'],
    ['code-not-allowed', 'not-offered', '“device flow”'],
  ] as const)('%s is said in words of its own', (reason, code, words) => {
    expect(connectErrorText({ code, reason })).toContain(words);
  });
});

describe('R2 the screen with the code', () => {
  const attempt = {
    ...{ attempt: 'd1', userCode: 'WDJB-MJHT', page: 'https://git.example.org/login/device' },
    expiresAt: new Date(Date.now() + 900_000).toISOString(),
  };
  const button = (wrapper: ReturnType<typeof mountWithHost>['wrapper'], name: string) =>
    wrapper.findAll('button').find((each) => each.text() === name || each.attributes('aria-label') === name)!;

  it('has it large for the eye and letter by letter for a screen reader, and copies it', async () => {
    const { wrapper, services } = mountWithHost(DeviceCodeStep, { attempt, trouble: undefined });
    await settle();
    expect(document.activeElement).toBe(wrapper.find('h1').element);
    expect(wrapper.find('[aria-hidden=true].select-all, .select-all [aria-hidden=true]').text()).toBe('WDJB-MJHT');
    expect(wrapper.find('.sr-only').text()).toBe('Code: W D J B - M J H T');
    expect(wrapper.text()).toMatch(/The code works for 1[45] min/);
    await button(wrapper, 'Copy the code').trigger('click');
    expect(services.asked).toEqual([{ channel: 'clipboard.copyText', input: { text: 'WDJB-MJHT' } }]);
  });

  it('opens its page, or gives the address of it', async () => {
    const { wrapper, services } = mountWithHost(DeviceCodeStep, { attempt, trouble: undefined });
    await button(wrapper, 'Open the page').trigger('click');
    await settle();
    expect(services.asked.at(-1)).toEqual({ channel: 'auth.openDevicePage', input: { attempt: 'd1' } });
    expect(wrapper.text()).not.toContain('No browser');
    services.deviceSignIn.hasBrowser = false;
    await button(wrapper, 'Open the page').trigger('click');
    await settle();
    expect(wrapper.text()).toContain('Copy its address');
  });

  it('says that the service cannot be asked, and that the code still counts', () => {
    const trouble = { code: 'offline', reason: 'no-network' };
    const { wrapper } = mountWithHost(DeviceCodeStep, { attempt, trouble });
    expect(wrapper.find('[role=status]').exists()).toBe(true);
    expect(wrapper.text()).toContain('This computer has no network.');
    expect(wrapper.text()).toContain('The code still counts');
  });

  it('is asked for under a client id', async () => {
    const { wrapper } = mountWithHost(DeviceStep, { provider, error: undefined, isBusy: false });
    await wrapper.find('form').trigger('submit');
    expect(wrapper.find('#client-id-error').text()).toBe('Please fill this in.');
    await wrapper.find('#client-id').setValue(' desk ');
    await wrapper.find('form').trigger('submit');
    expect(wrapper.emitted('submit')).toEqual([['desk']]);
  });
});
