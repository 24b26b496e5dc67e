import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import KeyRow from './KeyRow.vue';

const facts = {
  id: 'K1====',
  name: '',
  isActive: true,
  lastUsedAt: null,
  expiresAt: null,
  ownEnd: null,
  scopes: [],
};

const usual = { form: 'pair' as const, acts: ['create', 'setActive', 'remove'] as const };
const shown = {
  isEditing: false,
  isNew: false,
  isBusy: false,
  isLost: false,
  isReplaced: false,
  canReplace: true,
  ...usual,
};

describe('C7 R10 one access key', () => {
  it('is marked where the app is signed in with it, and neither turned off nor replaced', async () => {
    const open = async (own: { isOwn?: true }) => {
      const accessKey = { ...facts, createdAt: null, ...own };
      const { wrapper } = mountWithHost(KeyRow, { accessKey, now: Date.now(), ...shown, isEditing: true });
      const toggled = Object.assign(new Event('toggle'), { newState: 'open' });
      wrapper.find('[popover]').element.dispatchEvent(toggled);
      await nextTick();
      return { text: wrapper.text(), hasSwitch: wrapper.find('[role=switch]').exists() };
    };
    const other = await open({});
    expect(other).toMatchObject({ hasSwitch: true, text: expect.stringContaining('Replace') as string });
    const own = await open({ isOwn: true });
    expect(own).toMatchObject({ hasSwitch: false, text: expect.stringMatching(/In use here.*Active/s) as string });
    expect(own.text).not.toContain('Replace');
    expect(own.text).toContain('Delete');
  });

  it.each([
    [null, 'unknown'],
    ['2026-01-02T12:00:00Z', '2026'],
  ])('says when it was made, or that nobody tells: %s', (createdAt, words) => {
    const accessKey = { ...facts, createdAt };
    const { wrapper } = mountWithHost(KeyRow, { accessKey, now: Date.now(), ...shown });
    const [, , created] = wrapper.findAll('[role=cell]').map((cell) => cell.text());
    expect(created).toContain(words);
  });
});
