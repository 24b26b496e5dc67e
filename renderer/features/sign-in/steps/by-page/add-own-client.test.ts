import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { ProviderDescription } from '../../../../../shared/contract/account/accounts.ts';
import { createTestHost } from '../../../../testing/host-for-tests.ts';
import { mountWithHost } from '../../../../testing/mount-with-host.ts';
import { settle } from '../../../../testing/waiting.ts';
import BrowserStep from './BrowserStep.vue';

const provider: ProviderDescription = {
  address: 'https://git.example.org',
  kind: 'gitea',
  name: 'Gitea',
  version: '1.27.3',
  ways: ['token', 'browser'],
  pasting: { page: 'https://git.example.org/user/settings/applications', scopes: ['write:user'] },
  clientId: null,
  identityProviders: [],
  demo: null,
};

function setUp(changes: Partial<ProviderDescription> = {}) {
  const props = { provider: { ...provider, ...changes }, error: undefined, isBusy: false };
  const mounted = mountWithHost(BrowserStep, props, createTestHost());
  const press = async (name: string) => {
    await mounted.wrapper
      .findAll('button')
      .find((each) => each.text().includes(name))!
      .trigger('click');
    await settle();
  };
  return { ...mounted, press };
}

describe('R2 R5 a client id where anybody may add applications', () => {
  it('comes of a token that is used for that alone, and the sign-in goes on', async () => {
    const { wrapper, services, press } = setUp();
    await press('Add Profile Desk there');
    expect(document.activeElement?.id, 'a token is missing').toBe('client-token');
    await wrapper.get('#client-token').setValue(' 0123abcd ');
    await wrapper.get('#client-token').trigger('keydown', { key: 'Enter' });
    await settle();
    expect(services.asked.at(-1)).toEqual({
      channel: 'auth.registerClient',
      input: { kind: 'gitea', target: { kind: 'address', address: 'https://git.example.org' }, token: '0123abcd' },
    });
    expect(wrapper.emitted('submit')).toEqual([['made-for-profile-desk']]);
    expect(wrapper.get<HTMLInputElement>('#client-token').element.value).toBe('');
  });

  it('does not come of a token that lacks the scope, which is named', async () => {
    const { wrapper, services, press } = setUp();
    services.faults.set('auth.registerClient', new AppError('forbidden', { permission: 'write:user' }));
    await wrapper.get('#client-token').setValue('0123abcd');
    await press('Add Profile Desk there');
    expect(wrapper.text()).toContain('write:user');
    expect(wrapper.emitted('submit')).toBeUndefined();
  });

  it('can be made by hand on its page', async () => {
    const { services, press } = setUp();
    await press('Open the page for applications');
    expect(services.asked.at(-1)?.channel).toBe('auth.openPastingPage');
  });

  it('is asked of whoever runs it elsewhere', () => {
    const { wrapper } = setUp({ kind: 'keycloak' });
    expect(wrapper.find('#client-token').exists()).toBe(false);
    expect(wrapper.text()).toContain('Whoever runs git.example.org');
  });
});
