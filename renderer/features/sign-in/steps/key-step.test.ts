import { describe, expect, it } from 'vitest';
import type { PastedName, ProviderDescription } from '../../../../shared/contract/account/accounts.ts';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { settle } from '../../../testing/waiting.ts';
import KeyStep from './KeyStep.vue';

const provider: ProviderDescription = {
  ...{ address: 'https://app.elastic.io', kind: 'elastic-io', name: 'elastic.io', version: null, ways: ['token'] },
  ...{ pasting: { page: 'https://app.elastic.io/', scopes: [], name: 'email' }, clientId: null },
  ...{ identityProviders: [], demo: null },
};
const target = { kind: 'address', address: provider.address } as const;
const mount = (name: PastedName = 'email', error?: ErrorShape) =>
  mountWithHost(KeyStep, { provider, target, name, error, isBusy: false });

describe('R2 R10 the way in by a key and a name', () => {
  it.each<[PastedName, string, string]>([
    ['email', 'E-mail you sign in with there', 'API key'],
    ['account', 'Your username there', 'API key'],
    ['key-id', 'Access key ID', 'Secret access key'],
  ])('asks for both by what the service calls them: %s', (name, ofName, ofKey) => {
    const { wrapper } = mount(name);
    expect(wrapper.findAll('label').map((each) => each.text())).toEqual([ofName, ofKey]);
    expect(wrapper.find<HTMLInputElement>('#key').element.type).toBe('password');
  });

  it('asks for what is missing, and sends both without what was pasted around them', async () => {
    const { wrapper } = mount();
    await wrapper.find('form').trigger('submit');
    expect(document.activeElement?.id).toBe('key-name');
    await wrapper.find('#key-name').setValue(' ada@example.org ');
    await wrapper.find('form').trigger('submit');
    expect(document.activeElement?.id).toBe('key');
    expect(wrapper.find('#key-error').text()).toBe('Please fill this in.');
    expect(wrapper.emitted('submit')).toBeUndefined();
    await wrapper.find('#key').setValue('k1\n');
    await wrapper.find('form').trigger('submit');
    expect(wrapper.emitted('submit')).toEqual([['k1', 'ada@example.org']]);
  });

  it('knows the name of whoever comes back', async () => {
    const known = {
      provider,
      target,
      name: 'email',
      known: 'ada@example.org',
      error: undefined,
      isBusy: false,
    } as const;
    const { wrapper } = mountWithHost(KeyStep, known);
    await wrapper.find('form').trigger('submit');
    expect(document.activeElement?.id).toBe('key');
    await wrapper.find('#key').setValue('k2');
    await wrapper.find('form').trigger('submit');
    expect(wrapper.emitted('submit')).toEqual([['k2', 'ada@example.org']]);
  });

  it('opens the page of the service, or gives its address', async () => {
    const { wrapper, services } = mount();
    const open = () => wrapper.findAll('button').find((each) => each.text() === 'Open the service’s page')!;
    await open().trigger('click');
    await settle();
    expect(services.asked).toEqual([{ channel: 'auth.openPastingPage', input: { kind: 'elastic-io', target } }]);
    expect(document.activeElement?.id).toBe('key-name');
    services.pastingPage = 'https://app.elastic.io/';
    await open().trigger('click');
    await settle();
    expect(wrapper.text()).toContain('No browser could be opened from here.');
  });

  it.each<[ErrorShape, RegExp]>([
    [{ code: 'unauthenticated', reason: 'key-refused' }, /does not know these two together/],
    [{ code: 'conflict', reason: 'another-person' }, /This key is of somebody else/],
    [{ code: 'forbidden' }, /does not let this account in now/],
    [{ code: 'offline', reason: 'connection-refused' }, /Nothing answers/],
  ])('says why nobody came in: %j', (error, words) => {
    expect(mount('email', error).wrapper.find('[role=alert]').text()).toMatch(words);
  });
});
