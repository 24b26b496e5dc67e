import type { Ref } from 'vue';

/** What a field lets its form do with the control in it. */
export interface FieldControl {
  focus(options?: FocusOptions): void;
  /** Marks what stands in it too, so that it is typed over at once. */
  select(): void;
}

export function exposedControl(control: Readonly<Ref<HTMLInputElement | null>>): FieldControl {
  return {
    focus: (options) => control.value?.focus(options),
    select() {
      control.value?.focus();
      control.value?.select();
    },
  };
}
