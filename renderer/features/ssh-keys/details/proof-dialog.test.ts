import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { createHostWithAccount } from '../../../testing/host-with-account.ts';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { sampleSignature } from '../../../testing/sample-ssh-keys.ts';
import { settle } from '../../../testing/waiting.ts';
import { useSshKeysStore } from '../ssh-keys.store.ts';
import ProofDialog from './ProofDialog.vue';

async function setUp(prepare?: (services: Awaited<ReturnType<typeof createHostWithAccount>>['services']) => void) {
  const testHost = await createHostWithAccount();
  const { services } = testHost;
  const sshKey = services.sshKeys.addKey({ hasPrivateHalf: true });
  prepare?.(services);
  await useSshKeysStore(testHost.pinia).open('c1');
  mountWithHost(ProofDialog, { sshKey, page: 'git.example.org' }, testHost);
  await settle();
  return services;
}

const text = () => document.querySelector('[role=dialog]')!.textContent;
const button = (name: string) =>
  [...document.querySelectorAll('button')].find((each) => each.textContent.includes(name));
const signings = (services: Awaited<ReturnType<typeof setUp>>) =>
  services.asked.filter(({ channel }) => channel === 'sshKeys.signProof').length;

describe('K9 a proof that a page of the service takes', () => {
  afterEach(() => vi.useRealTimers());

  it('is signed at once, shown with the time that it counts, and its page opens for this key', async () => {
    const services = await setUp();
    expect(text()).toContain(sampleSignature.split('\n')[1]);
    expect(text()).toMatch(/It counts for 1 min(?:ute)? 3\d s/);
    button('Open the page')!.click();
    await settle();
    expect(services.asked.find(({ channel }) => channel === 'handOff.begin')).toMatchObject({
      input: { operation: 'sshKeys.verify', of: 'ik1' },
    });
    expect(text(), 'claims nothing').toContain('git.example.org tells Profile Desk nothing of it');
  });

  it('says when it counts no more, and signs again only when it is asked to', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'Date'] });
    const services = await setUp();
    vi.advanceTimersByTime(96_000);
    await settle();
    expect(text()).toContain('It does not count any more.');
    expect([button('Open the page'), signings(services)]).toEqual([undefined, 1]);
    button('Sign again')!.click();
    await settle();
    expect(text()).toContain('It counts for');
    expect(signings(services)).toBe(2);
  });

  it('says why nothing was signed, and tries again', async () => {
    const services = await setUp((at) => at.faults.set('sshKeys.signProof', new AppError('agent-unavailable')));
    expect(text()).toContain('Nothing was signed');
    services.faults.clear();
    button('Sign again')!.click();
    await settle();
    expect(text()).toContain('BEGIN SSH SIGNATURE');
    expect(text()).not.toContain('Nothing was signed');
  });
});
