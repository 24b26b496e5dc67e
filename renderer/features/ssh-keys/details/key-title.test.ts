import { describe, expect, it } from 'vitest';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { sampleSshKey } from '../../../testing/sample-ssh-keys.ts';
import KeyTitle from './KeyTitle.vue';

describe('E11 R5 the name of a key', () => {
  it.each([
    [true, 1],
    [false, 0],
  ])('can be changed only where the service renames: %s', (canRename, buttons) => {
    const { wrapper } = mountWithHost(KeyTitle, { sshKey: sampleSshKey(), lock: undefined, canRename });
    expect(wrapper.text()).toContain('mara@work');
    expect(wrapper.findAll('button')).toHaveLength(buttons);
  });
});
