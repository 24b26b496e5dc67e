import { mount } from '@vue/test-utils';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defineComponent, h, useTemplateRef } from 'vue';
import { useFirstInvalid } from '../../lib/use-first-invalid.ts';
import PasswordField from './PasswordField.vue';
import SelectField from './SelectField.vue';
import TextField from './TextField.vue';

const labels = {
  show: 'Show password',
  hide: 'Hide password',
  capsLock: 'Caps Lock is on.',
  lineBreak: 'It was left out.',
};

/** The texts that a screen reader adds to the control. */
function description(
  wrapper: { find(selector: string): { attributes(name: string): string | undefined; text(): string } },
  control: string,
): string {
  const ids = wrapper.find(control).attributes('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => wrapper.find(`#${id}`).text()).join(' ');
}

describe('X13 a text field', () => {
  it('ties label, help and error to the control', () => {
    const wrapper = mount(TextField, {
      props: { id: 'city', label: 'City', modelValue: '', hint: 'Where you live.', error: 'Too long.' },
    });
    expect(wrapper.find('label').attributes('for')).toBe('city');
    expect(description(wrapper, 'input')).toBe('Too long. Where you live.');
    expect(wrapper.find('input').attributes('aria-invalid')).toBe('true');
  });

  it('describes nothing where there is nothing to say', () => {
    const wrapper = mount(TextField, { props: { id: 'city', label: 'City', modelValue: '' } });
    expect(wrapper.find('input').attributes()).not.toHaveProperty('aria-describedby');
    expect(wrapper.find('input').attributes()).not.toHaveProperty('aria-invalid');
  });

  it('lets text run in its own direction and gives every keystroke on', async () => {
    const wrapper = mount(TextField, { props: { id: 'name', label: 'Name', modelValue: '' } });
    await wrapper.find('input').setValue('عبد الرحمن 🏔️');
    expect(wrapper.emitted('update:modelValue')).toEqual([['عبد الرحمن 🏔️']]);
    expect(wrapper.find('input').attributes('dir')).toBe('auto');
  });

  it('X6 stays reachable and described when it cannot be changed', () => {
    const props = {
      id: 'role',
      label: 'Role',
      modelValue: 'Viewer',
      hint: 'Needs a right.',
      isReadonly: true,
      isHintHidden: true,
    };
    const wrapper = mount(TextField, { props });
    expect(wrapper.find('input').attributes()).toHaveProperty('readonly');
    expect(wrapper.find('input').attributes()).not.toHaveProperty('disabled');
    expect(description(wrapper, 'input')).toBe('Needs a right.');
    expect(wrapper.find('#role-hint').classes()).toContain('sr-only');
  });
});

describe('D7 a password field', () => {
  it('hides what is typed until asked, and says what its button does', async () => {
    const wrapper = mount(PasswordField, {
      props: { id: 'p', label: 'Password', autocomplete: 'current-password', labels, modelValue: 'x' },
    });
    expect(wrapper.find('input').attributes('type')).toBe('password');
    await wrapper.find('button').trigger('click');
    expect(wrapper.find('input').attributes('type')).toBe('text');
    expect(wrapper.find('button').attributes('aria-label')).toBe('Hide password');
  });

  it('says that a line break was left out of what was pasted, until there is something else in it', async () => {
    const wrapper = mount(PasswordField, {
      props: { id: 'p', label: 'Password', autocomplete: 'current-password', labels, modelValue: 'twolines' },
    });
    const paste = (text: string) => wrapper.find('input').trigger('paste', { clipboardData: { getData: () => text } });
    await paste('two\r\nlines');
    expect(wrapper.find('[role=status]').text()).toBe('It was left out.');
    await wrapper.setProps({ modelValue: '' });
    expect(wrapper.find('[role=status]').exists()).toBe(false);
    await wrapper.setProps({ modelValue: 'oneline' });
    await paste('one line');
    expect(wrapper.find('[role=status]').exists()).toBe(false);
  });

  it('warns of Caps Lock while it is on and the field is in use', async () => {
    const wrapper = mount(PasswordField, {
      props: { id: 'p', label: 'Password', autocomplete: 'current-password', labels, modelValue: '' },
    });
    const press = async (isOn: boolean) => {
      const event = new KeyboardEvent('keydown', { key: 'A' });
      Object.defineProperty(event, 'getModifierState', { value: (name: string) => isOn && name === 'CapsLock' });
      wrapper.find('input').element.dispatchEvent(event);
      await wrapper.vm.$nextTick();
    };
    await press(true);
    expect(description(wrapper, 'input')).toBe('Caps Lock is on.');
    await press(false);
    expect(wrapper.text()).not.toContain('Caps Lock');
    await press(true);
    await wrapper.find('input').trigger('blur');
    expect(wrapper.text()).not.toContain('Caps Lock');
  });
});

describe('W8 a select', () => {
  it('shows its choices and gives the chosen value on', async () => {
    const options = [
      { value: '', label: 'Not set' },
      { value: 'SE', label: 'Sweden' },
    ];
    const wrapper = mount(SelectField, {
      props: { id: 'country', label: 'Country', options, modelValue: '', error: 'Choose one.' },
    });
    await wrapper.find('select').setValue('SE');
    expect(wrapper.emitted('update:modelValue')).toEqual([['SE']]);
    expect(description(wrapper, 'select')).toBe('Choose one.');
  });
});

describe('W3 a field that a form leads to', () => {
  it('takes the focus, and marks what stands in it', () => {
    const props = { id: 'x', label: 'X', modelValue: 'wrong' };
    const wrapper = mount(TextField, { props, attachTo: document.body });
    onTestFinished(() => wrapper.unmount());
    const input = wrapper.find('input').element;
    wrapper.vm.focus();
    expect(document.activeElement).toBe(input);
    input.setSelectionRange(0, 0);
    wrapper.vm.select();
    expect([input.selectionStart, input.selectionEnd]).toEqual([0, 5]);
  });

  it('is the first of a form that is marked as wrong', async () => {
    let focusFirstInvalid = (): Promise<void> => Promise.reject(new Error('not mounted'));
    const Form = defineComponent({
      setup() {
        focusFirstInvalid = useFirstInvalid(useTemplateRef<HTMLElement>('form'));
        const field = (id: string, error?: string) => h(TextField, { id, label: id, modelValue: '', error });
        return () => h('form', { ref: 'form' }, [field('a'), field('b', 'Wrong.'), field('c', 'Wrong.')]);
      },
    });
    const wrapper = mount(Form, { attachTo: document.body });
    onTestFinished(() => wrapper.unmount());
    await focusFirstInvalid();
    expect(document.activeElement?.id).toBe('b');
  });
});
