import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { settle } from '../testing/waiting.ts';
import AppToasts from '../ui/feedback/AppToasts.vue';
import { useToasts } from '../ui/feedback/use-toasts.ts';
import { useUndoToast } from './use-undo-toast.ts';

beforeEach(() => setActivePinia(createPinia()));

function tell(takeBack: () => Promise<unknown>) {
  useUndoToast()({ title: 'Name removed', takeBack, failed: 'The name stays changed' });
  const toasts = useToasts();
  return { toasts, undo: () => toasts.undo(toasts.toasts[0]!) };
}

it('W5 takes an act back once Undo is pressed, and says no more of it', async () => {
  const takeBack = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const { toasts, undo } = tell(takeBack);
  expect(takeBack).not.toHaveBeenCalled();
  undo();
  await settle();
  expect(takeBack).toHaveBeenCalledTimes(1);
  expect(toasts.toasts).toEqual([]);
});

it('W5 says what stays and why where that does not work, and not under the sign of a success', async () => {
  const { undo } = tell(() => Promise.reject(new AppError('offline')));
  const wrapper = mount(AppToasts, { attachTo: document.body });
  expect(wrapper.findAll('.lucide-circle-alert')).toHaveLength(0);
  undo();
  await settle();
  expect(wrapper.text()).toContain('The name stays changed');
  expect(wrapper.text()).toContain('The service cannot be reached.');
  expect(wrapper.findAll('.lucide-circle-alert')).toHaveLength(1);
  wrapper.unmount();
});
