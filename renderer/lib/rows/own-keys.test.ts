import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import PlacesField from '../../features/program-keys/rotation/PlacesField.vue';
import NameForm from '../../features/sessions/NameForm.vue';
import { hostKey } from '../../host/host.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { sampleSessions } from '../../testing/sample-sessions.ts';
import AppDialog from '../../ui/overlays/AppDialog.vue';
import SidePanel from '../../ui/overlays/SidePanel.vue';
import { isForInputMethod } from './own-keys.ts';

describe('A1 a key that an input method takes for itself', () => {
  it('is told by isComposing, and by "Process"', () => {
    const told = (init: KeyboardEventInit) => isForInputMethod(new KeyboardEvent('keydown', init));
    expect(told({ key: 'Enter', isComposing: true })).toBe(true);
    expect(told({ key: 'Process' })).toBe(true);
    expect(told({ key: 'Enter' })).toBe(false);
  });

  it('adds no place with half a text (X2)', async () => {
    const field = mount(PlacesField, { props: { places: [], canSwitch: false, isBusy: false } });
    const input = field.get('input');
    await input.setValue('とうき');
    await input.trigger('keydown', { key: 'Enter', isComposing: true });
    expect(field.emitted('change')).toBeUndefined();
    await input.setValue('東京');
    await input.trigger('keydown', { key: 'Enter' });
    expect(field.emitted('change')).toEqual([[[{ name: '東京', isSwitched: false }]]]);
  });

  it('leaves the name of a session as it is being typed (X10)', async () => {
    const [session] = sampleSessions(1);
    if (!session) throw new Error('no sample');
    const { host, pinia } = createTestHost();
    const form = mount(NameForm, { props: { session }, global: { plugins: [pinia], provide: { [hostKey]: host } } });
    await form.get('input').trigger('keydown', { key: 'Escape', isComposing: true });
    expect(form.emitted('done')).toBeUndefined();
    await form.get('input').trigger('keydown', { key: 'Escape' });
    expect(form.emitted('done')).toHaveLength(1);
  });

  it.each([
    ['dialog', AppDialog],
    ['panel', SidePanel],
  ] as const)('closes no %s', async (_name, component) => {
    const props = { title: 'T', description: 'D', closeLabel: 'Close' };
    const wrapper = mount(component, { props, slots: { default: '<input>' }, attachTo: document.body });
    await nextTick();
    const press = (init: KeyboardEventInit) =>
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true, ...init }));
    press({ isComposing: true });
    await nextTick();
    expect(wrapper.emitted('close')).toBeUndefined();
    press({});
    await nextTick();
    expect(wrapper.emitted('close')).toHaveLength(1);
    wrapper.unmount();
  });
});
