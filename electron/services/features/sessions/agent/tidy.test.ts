import { describe, expect, it } from 'vitest';
import { tidyBrowser, tidyDevice, tidySystem } from './tidy.ts';

const device = { vendor: null, model: null, type: null };

describe('E8 · tidy values', () => {
  it('are null, never empty', () => {
    expect(tidyBrowser({ name: '', version: ' \u0007' })).toEqual({ name: null, version: null });
    expect(tidyDevice({ vendor: '', model: ' ', type: null })).toEqual(device);
  });

  it('are cut where nobody would read on', () => {
    expect(tidyBrowser({ name: 'x'.repeat(400), version: null }).name).toHaveLength(200);
  });

  it.each(['K', 'wv', 'U', 'en-US', 'de_de'])('name no model %s', (model) => {
    expect(tidyDevice({ ...device, model })).toEqual(device);
  });

  it('name no vendor "Generic"', () => {
    expect(tidyDevice({ vendor: 'Generic', model: 'X1', type: 'mobile' })).toEqual({
      vendor: null,
      model: 'X1',
      type: 'mobile',
    });
  });

  it.each(['aarch64', 'i686', 'riscv64', 'sun4u', 'arch'])('give no system the version %s', (version) => {
    expect(tidySystem({ name: 'Linux', version })).toEqual({ name: 'Linux', version: null });
  });

  it('spell a system one way and a version with points', () => {
    expect(tidySystem({ name: 'KAIOS', version: '2_5_1' })).toEqual({ name: 'KaiOS', version: '2.5.1' });
    expect(tidySystem({ name: 'debian', version: '.12' })).toEqual({ name: 'Debian', version: '12' });
    expect(tidySystem({ name: 'Windows', version: 'XP' })).toEqual({ name: 'Windows', version: 'XP' });
  });
});
