import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { h, nextTick } from 'vue';
import type { Texts } from '../../../shared/i18n.ts';
import { formatDay, formatList } from '../formats.ts';
import { setLanguage, withTexts } from './language.ts';
import type { Part } from './parts.ts';
import { t } from './text.ts';

/** A made-up language, written as German is; of two texts one has a plural. */
const madeUp: Partial<Record<Part, Texts>> = {
  profile: { profile: { title: 'Profīl', updateCount: '{count} ändrīt | {count} ändrīts' } },
  security: { security: { title: 'Sichrīt' } },
};
const read = (_language: string, part: Part): Promise<Texts> => Promise.resolve(madeUp[part] ?? {});

afterEach(() => setLanguage('en'));

describe('X13 the language changes while the app runs', () => {
  it('in what is on the screen, with its plurals, numbers, dates and lists', async () => {
    const day = '2026-03-01T12:00:00.000Z';
    const wrapper = mount(() =>
      h('p', `${t('profile.updateCount', { count: 10_000 })}; ${formatDay(day)}; ${formatList(['a', 'b'])}`),
    );
    expect(wrapper.text()).toBe('Update 10,000 changes; March 1, 2026; a and b');
    await setLanguage('de', read);
    await nextTick();
    expect(wrapper.text()).toBe('10.000 ändrīts; 1. März 2026; a und b');
    expect([t('profile.updateCount', { count: 1 }), document.documentElement.lang]).toEqual(['1 ändrīt', 'de']);
    await setLanguage('en');
    await nextTick();
    expect(wrapper.text()).toContain('March 1, 2026');
    expect(document.documentElement.lang).toBe('en');
  });

  it('for parts that are loaded afterwards, and for those that were before', async () => {
    await setLanguage('de', read);
    expect(t('security.title')).toBe('Sichrīt');
    madeUp['sign-in'] = { signIn: { title: 'Anmeldīt' } };
    await setLanguage('en');
    await setLanguage('de', read);
    const load = withTexts(() => Promise.resolve('the part'), 'sign-in');
    expect([await load(), t('signIn.title')]).toEqual(['the part', 'Anmeldīt']);
  });

  it('not before all its texts are here, and not at all without one of them', async () => {
    const broken = (_language: string, part: Part) =>
      part === 'security' ? Promise.reject(new TypeError('not to be had')) : read('de', part);
    await expect(setLanguage('de', broken)).rejects.toThrow('not to be had');
    expect([t('profile.title'), document.documentElement.lang]).toEqual(['Profile', 'en']);
  });
});
