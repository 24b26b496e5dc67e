import { describe, expect, it } from 'vitest';
import type { ProviderDescription } from '../../../../shared/contract/account/accounts.ts';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { settle } from '../../../testing/waiting.ts';
import BrowserStep from './by-page/BrowserStep.vue';
import ChooseStep from './ChooseStep.vue';
import { connectErrorText } from '../connect-error-text.ts';
import { knownServices } from '../known-services.ts';

const provider: ProviderDescription = {
  address: 'https://id.example.org:8443/realms/staff',
  kind: 'keycloak',
  name: 'staff',
  version: null,
  ways: ['browser'],
  pasting: null,
  clientId: null,
  identityProviders: [],
  demo: null,
};
const base = { provider, error: undefined, isBusy: false };

describe('R2 the way in by a page of the service', () => {
  it('says what was found, and asks for the client id that nobody knows yet', async () => {
    const { wrapper } = mountWithHost(BrowserStep, base);
    await settle();
    expect(wrapper.find('h1').text()).toBe('Keycloak at id.example.org:8443, realm staff');
    expect(document.activeElement?.id).toBe('client-id');
    await wrapper.find('form').trigger('submit');
    expect(wrapper.find('#client-id-error').text()).toBe('Please fill this in.');
    expect(wrapper.emitted('submit')).toBeUndefined();
    await wrapper.find('#client-id').setValue(' profile-desk ');
    await wrapper.find('form').trigger('submit');
    expect(wrapper.emitted('submit')).toEqual([['profile-desk']]);
  });

  it('gives words for whoever runs the service, to be copied', async () => {
    const { wrapper, services } = mountWithHost(BrowserStep, base);
    const words = wrapper.find('blockquote').text();
    for (const needed of [provider.address, 'public client', 'S256', 'http://127.0.0.1/*', 'manage-account'])
      expect(words).toContain(needed);
    const copy = wrapper.findAll('button').find((each) => each.text() === 'Copy these words')!;
    await copy.trigger('click');
    await settle();
    expect(services.asked).toEqual([{ channel: 'clipboard.copyText', input: { text: words } }]);
  });

  it('asks for nothing where the client id is known, and for another one at wish', async () => {
    const known = { ...provider, clientId: 'desk', version: '26.7.3' };
    const { wrapper } = mountWithHost(BrowserStep, { ...base, provider: known });
    expect(wrapper.text()).toContain('Version 26.7.3');
    expect(wrapper.find('#client-id').exists()).toBe(false);
    await wrapper.find('form').trigger('submit');
    await wrapper
      .findAll('button')
      .find((each) => each.text() === 'Use another client ID')!
      .trigger('click');
    await settle();
    expect(document.activeElement?.id).toBe('client-id');
    await wrapper.find('#client-id').setValue('other');
    await wrapper.find('form').trigger('submit');
    expect(wrapper.emitted('submit')).toEqual([['desk'], ['other']]);
  });

  it('has the client id that was tried in its field after it failed', () => {
    const { wrapper } = mountWithHost(BrowserStep, { ...base, tried: 'wrong-one' });
    expect(wrapper.find<HTMLInputElement>('#client-id').element.value).toBe('wrong-one');
  });
});

describe('R2 why nobody came in', () => {
  it.each<[ErrorShape, RegExp]>([
    [{ code: 'cancelled', reason: 'sign-in-took-too-long' }, /^Nobody came back/],
    [{ code: 'cancelled', reason: 'declined-at-provider' }, /declined on the page of the service/],
    [{ code: 'conflict', reason: 'another-person' }, /^Somebody else is signed in/],
    [{ code: 'unauthenticated', reason: 'token-refused' }, /nothing of your account/],
    [{ code: 'server-fault', reason: 'identity-provider-down' }, /^The page to sign in on/],
    [{ code: 'server-fault', reason: 'identity-provider-fault' }, /fault of its sign-in/],
    [{ code: 'untrusted-answer', reason: 'issuer-differs' }, /^The service is known by another address/],
    [{ code: 'untrusted-answer', reason: 'not-a-profile-service' }, /too old for it/],
    [{ code: 'offline', reason: 'connection-refused' }, /^Nothing answers/],
    [{ code: 'untrusted-answer', reason: 'certificate-not-trusted' }, /certificate/],
  ])('%j', (error, words) => expect(connectErrorText(error)).toMatch(words));
});

describe('R2 a service that is known by its name', () => {
  const forge = { ...knownServices[0]!, id: 'forge', address: 'https://forge.example' };
  const at = { error: undefined, isBusy: false, services: [forge, ...knownServices] };

  it('needs no address where there is one of it', async () => {
    const { wrapper } = mountWithHost(ChooseStep, at);
    await wrapper.find('input[value=forge]').setValue(true);
    expect(wrapper.find('#address').exists()).toBe(false);
    await wrapper.find('form').trigger('submit');
    expect(wrapper.emitted('choose')).toEqual([[{ kind: 'address', address: 'https://forge.example' }, 'keycloak']]);
    await wrapper.setProps({ error: { code: 'offline', reason: 'connection-refused' } });
    expect(wrapper.find('[role=alert]').text()).toContain('Nothing answers');
  });

  it('says what its addresses look like; any other address is taken as it is', async () => {
    const { wrapper } = mountWithHost(ChooseStep, at);
    expect(wrapper.find<HTMLInputElement>('input[value=any]').element.checked).toBe(true);
    await wrapper.find('#address').setValue('https://a.example');
    expect(wrapper.emitted('change')).toHaveLength(1);
    await wrapper.find('form').trigger('submit');
    await wrapper.find('input[value=keycloak]').setValue(true);
    expect(wrapper.emitted('change')).toHaveLength(2);
    expect(wrapper.find('#address').attributes('placeholder')).toContain('/realms/');
    await wrapper.find('form').trigger('submit');
    const target = { kind: 'address', address: 'https://a.example' };
    expect(wrapper.emitted('choose')).toEqual([
      [target, undefined],
      [target, 'keycloak'],
    ]);
  });
});
