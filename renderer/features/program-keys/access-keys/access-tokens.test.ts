import { computed, shallowRef } from 'vue';
import { describe, expect, it } from 'vitest';
import type { AccessKey, NewAccessKey } from '../../../../shared/contract/keys/access-keys.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { createHostWithAccount } from '../../../testing/host-with-account.ts';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { settle } from '../../../testing/waiting.ts';
import type { PendingSecret } from '../use-pending-secret.ts';
import { useAccessKeysStore } from './access-keys.store.ts';
import AccessKeyDialogs from './AccessKeyDialogs.vue';
import KeyRow from './KeyRow.vue';
import KeysList from './KeysList.vue';
import NewSecret from './NewSecret.vue';

const press = (name: string, within: ParentNode = document) =>
  [...within.querySelectorAll('button')].find((each) => each.textContent.includes(name))!.click();
const dialog = () => document.querySelector('[role$=dialog]');

async function setUp() {
  const testHost = await createHostWithAccount();
  const { services } = testHost;
  services.keys.form = 'token';
  services.keys.head = { ...services.keys.head, offers: ['expiry'] };
  const own = services.keys.addAccessKey({ name: 'Profile Desk', scopes: ['api'], isOwn: true });
  const nightly = services.keys.addAccessKey({ name: 'Nightly', scopes: ['read_api', 'read_repository'] });
  const { id } = services.accounts.accounts[0]!;
  return { testHost, services, id, own, nightly };
}

async function showRow(which: 'own' | 'nightly', acts: readonly ('rotate' | 'remove' | 'create' | 'setActive')[]) {
  const at = await setUp();
  const flags = { isEditing: true, isBusy: false, isNew: false, isLost: false, isReplaced: false, canReplace: true };
  const props = { accessKey: at[which], form: 'token' as const, acts, now: Date.now(), ...flags };
  mountWithHost(KeyRow, props, at.testHost);
  // What the browser tells of a menu that it opens.
  const opened = Object.assign(new Event('toggle'), { newState: 'open' });
  document.querySelector('[role=menu], [popover]')!.dispatchEvent(opened);
  await settle();
  return document.body.textContent;
}

/** With the question or form of an act open. */
async function ask(act: 'rotate' | 'delete', which: 'own' | 'nightly') {
  const at = await setUp();
  const secret = shallowRef<NewAccessKey>();
  const taken: (NewAccessKey | null)[] = [];
  const pending = {
    secret: computed(() => secret.value),
    ...{ isAsking: shallowRef(false), isForgetting: shallowRef(false), forgetError: shallowRef() },
    take: (key: NewAccessKey | null) => taken.push(key),
  } as unknown as PendingSecret<NewAccessKey>;
  const key: AccessKey = at[which];
  const snapshot = at.services.keys.accessKeysOf(at.id);
  const props = { snapshot, provider: 'GitLab', pending, modelValue: { act, key } };
  const mounted = mountWithHost(AccessKeyDialogs, props, at.testHost);
  await useAccessKeysStore().open(at.id);
  await expect.poll(() => dialog()).not.toBeNull();
  await settle();
  return { ...at, ...mounted, taken };
}

describe('R7 E7 access tokens', () => {
  it('are told with what they may use, and which one is of this app; they are not stopped for a while', async () => {
    const text = await showRow('own', ['rotate', 'remove']);
    expect(text).toContain('In use here');
    expect(text).toContain('May use: api');
    expect(text).toContain('Replace at once');
    expect(text).not.toContain('Replace step by step');
    expect(document.querySelector('[role=switch]')).toBeNull();
  });

  it('have the ways of keys where a service has those', async () => {
    const text = await showRow('nightly', ['create', 'setActive', 'remove']);
    expect(text).toContain('Replace step by step');
    expect(text).not.toContain('Replace at once');
    expect(document.querySelector('[role=switch]')).not.toBeNull();
  });

  it('are none yet, and none is made here', async () => {
    const at = await setUp();
    const snapshot = { ...at.services.keys.accessKeysOf(at.id), keys: [] };
    const flags = { isEditing: false, busy: new Set<string>(), replacedId: null, canReplace: true };
    mountWithHost(KeysList, { snapshot, now: Date.now(), generateLock: undefined, ...flags }, at.testHost);
    await settle();
    expect(document.body.textContent).toContain('You have no access tokens');
    expect(document.querySelector('button')).toBeNull();
  });

  it('are shown once, alone', async () => {
    const { testHost } = await setUp();
    mountWithHost(NewSecret, { newKey: { keyId: 'k9', secretKey: 'glpat-1' }, form: 'token' }, testHost);
    await settle();
    expect(document.body.textContent).not.toContain('k9');
    expect(document.querySelector('label')?.textContent).toBe('Token');
  });

  it('are exchanged with the end that is chosen', async () => {
    const { services, taken } = await ask('rotate', 'nightly');
    expect(dialog()!.textContent).toContain('GitLab makes a new token');
    press('Make the new token', dialog()!);
    await settle();
    const asked = services.asked.filter(({ channel }) => channel === 'accessKeys.rotate');
    expect(asked).toMatchObject([{ input: { keyId: 'k2', expiresAt: null } }]);
    expect([taken.length, dialog()]).toEqual([1, null]);
  });

  it('say at the end what the service does not take', async () => {
    const { services } = await ask('rotate', 'nightly');
    const fields = { expiresAt: { code: 'not-valid' } } as const;
    services.faults.set('accessKeys.rotate', new AppError('invalid-request', { fields }));
    press('Make the new token', dialog()!);
    await settle();
    expect(dialog()!.querySelector('[aria-invalid=true]')).not.toBeNull();
  });

  it.each([
    ['rotate', 'own', 'Profile Desk goes on with it by itself'],
    ['delete', 'own', 'you are signed out here as soon as it is deleted'],
    ['delete', 'nightly', 'Every program that uses it is shut out at once'],
  ] as const)('say what becomes of it: %s, %s', async (act, which, words) => {
    await ask(act, which);
    expect(dialog()!.textContent).toContain(words);
  });
});
