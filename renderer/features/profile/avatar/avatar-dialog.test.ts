import { describe, expect, it } from 'vitest';
import { useAccountsStore } from '../../../account/accounts.store.ts';
import { createTestHost } from '../../../testing/host-for-tests.ts';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { settle } from '../../../testing/waiting.ts';
import { useProfileStore } from '../profile.store.ts';
import AvatarDialog from './AvatarDialog.vue';

const picture = 'data:image/png;base64,iVBORw0KGgo=';

async function setUp(image: string | null) {
  const testHost = createTestHost();
  const { id } = testHost.services.addAccount();
  testHost.services.profileOf(id).sections.avatar.values.image = image;
  await useAccountsStore(testHost.pinia).start();
  const profile = useProfileStore(testHost.pinia);
  await profile.open(id);
  const { wrapper } = mountWithHost(AvatarDialog, {}, testHost);
  await settle();
  const button = (name: string) =>
    [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === name)!;
  return { profile, wrapper, button };
}

describe('E2 choosing a picture', () => {
  it('there is nothing to use before one is chosen', async () => {
    const { wrapper, button } = await setUp(null);
    expect(button('Use this picture').getAttribute('aria-disabled')).toBe('true');
    button('Use this picture').click();
    expect(wrapper.emitted('close')).toBeUndefined();
  });

  it('taking one away is a choice too, and called so', async () => {
    const { profile, wrapper, button } = await setUp(picture);
    expect(button('Use this picture').getAttribute('aria-disabled')).toBe('true');
    button('Remove picture').click();
    await settle();
    button('Use no picture').click();
    expect(wrapper.emitted('close')).toHaveLength(1);
    expect(profile.changed).toEqual(['avatar.image']);
  });
});
