import { describe, expect, it } from 'vitest';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import KeyRow from './KeyRow.vue';

const facts = { id: 'K1====', name: '', isActive: true, lastUsedAt: null, expiresAt: null, ownEnd: null };

const shown = { isEditing: false, isNew: false, isBusy: false, isLost: false, isReplaced: false, canReplace: true };

describe('C7 R10 one access key', () => {
  it('is marked and cannot be turned off where the app is signed in with it', () => {
    const row = (own: { isOwn?: true }) => {
      const accessKey = { ...facts, createdAt: null, ...own };
      return mountWithHost(KeyRow, { accessKey, now: Date.now(), ...shown, isEditing: true }).wrapper;
    };
    expect(row({}).find('[role=switch]').exists()).toBe(true);
    const own = row({ isOwn: true });
    expect(own.find('[role=switch]').exists()).toBe(false);
    expect(own.text()).toMatch(/In use here.*Active/s);
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
