import { describe, expect, it } from 'vitest';
import { useAccountsStore } from '../../account/accounts.store.ts';
import { sampleSecret } from '../../testing/fake-security.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import { useMfaStore } from './mfa.store.ts';
import MfaSection from './MfaSection.vue';

async function setUp(offers: ('enrolment' | 'typed-secret')[], isUntold = false) {
  const testHost = createTestHost();
  const account = testHost.services.addAccount();
  testHost.services.security.offers = offers;
  testHost.services.security.isUntold = isUntold;
  await useAccountsStore(testHost.pinia).start();
  useMfaStore(testHost.pinia).start();
  await settle();
  return mountWithHost(MfaSection, { account }, testHost);
}

const button = (text: string) =>
  [...document.querySelectorAll('button')].find((each) => each.textContent.includes(text));

describe('E6 before two-step verification is turned on', () => {
  it('says what a lost phone means', async () => {
    const { wrapper } = await setUp(['enrolment']);
    expect(wrapper.text()).toContain('If your phone is lost, a recovery code or a second device lets you in.');
  });

  it('claims nothing where the service tells nobody', async () => {
    const { wrapper } = await setUp(['enrolment'], true);
    expect(wrapper.text()).toContain('tells Profile Desk nothing about it');
    expect(wrapper.text()).not.toMatch(/Off|Your password alone/);
  });

  it('says nothing of it where it is not offered', async () => {
    const { wrapper } = await setUp([]);
    expect(wrapper.text()).not.toContain('phone is lost');
  });
});

describe('C5 turning on where the provider makes no secret', () => {
  it('makes one at once and shows it; one’s own can still be typed', async () => {
    const { services } = await setUp(['typed-secret']);
    button('Turn On')!.click();
    await expect.poll(() => button('I already have a secret')).toBeDefined();
    await settle();
    expect(services.asked.filter(({ channel }) => channel === 'mfa.generateSecret')).toHaveLength(1);
    expect(document.querySelector('#secret')).toBeNull();
    expect(document.querySelector('[role=dialog]')!.textContent.replaceAll(/\s/g, '')).toContain(sampleSecret);
    button('I already have a secret')!.click();
    await settle();
    expect(document.activeElement?.id).toBe('secret');
    expect(document.querySelector<HTMLInputElement>('#secret')!.value).toBe('');
    expect(document.querySelector('[role=dialog]')!.textContent).toContain('Use a secret of your own');
  });
});
