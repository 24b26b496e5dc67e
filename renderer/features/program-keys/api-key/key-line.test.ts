import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { useAccountsStore } from '../../../account/accounts.store.ts';
import { sampleApiKey } from '../../../testing/sample-keys.ts';
import { createTestHost } from '../../../testing/host-for-tests.ts';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { settle } from '../../../testing/waiting.ts';
import { useApiKeyStore } from './api-key.store.ts';
import KeyLine from './KeyLine.vue';

async function setUp({ canCopy = true } = {}) {
  const testHost = createTestHost();
  const { services, pinia } = testHost;
  const { id } = services.addAccount();
  services.profileOf(id).offers = ['api-key'];
  services.keys.addApiKey();
  services.keys.head = { ...services.keys.head, offers: ['name', 'reveal'] };
  await useAccountsStore(pinia).start();
  const store = useApiKeyStore(pinia);
  await store.open(id);
  const { wrapper } = mountWithHost(
    KeyLine,
    { apiKey: store.snapshot!.key, canShow: canCopy, canCopy, isLost: false },
    testHost,
  );
  const asked = () => services.asked.map(({ channel }) => channel).filter((channel) => channel === 'apiKey.copy');
  return { services, wrapper, asked };
}

describe('E7 the masked key', () => {
  it('is copied by a click on itself', async () => {
    const { wrapper, asked } = await setUp();
    await wrapper.find('p.font-mono').trigger('click');
    await settle();
    expect(asked()).toHaveLength(1);
    expect(wrapper.find('[role=status]').text()).toContain('Copied');
  });

  it('that cannot be shown again is only looked at', async () => {
    const { wrapper, asked } = await setUp({ canCopy: false });
    await wrapper.find('p.font-mono').trigger('click');
    await settle();
    expect(asked()).toHaveLength(0);
  });

  it('X12 is taken by the page where the services have no clipboard', async () => {
    const { services, wrapper } = await setUp();
    services.faults.set('apiKey.copy', new AppError('clipboard-unavailable'));
    const clipboardData = new DataTransfer();
    document.execCommand = () => dispatchEvent(new ClipboardEvent('copy', { clipboardData }));
    await wrapper.find('p.font-mono').trigger('click');
    await settle();
    expect(clipboardData.getData('text/plain')).toBe(sampleApiKey);
    expect(wrapper.find('[role=status]').text()).toContain('stays on the clipboard');
  });

  it('X12 is shown to be selected where nobody can copy it', async () => {
    const { services, wrapper } = await setUp();
    services.faults.set('apiKey.copy', new AppError('clipboard-unavailable'));
    document.execCommand = () => false;
    await wrapper.find('p.font-mono').trigger('click');
    await settle();
    expect(wrapper.text()).toContain(sampleApiKey);
    expect(wrapper.find('[role=status]').text()).toContain('Select the text');
  });
});
