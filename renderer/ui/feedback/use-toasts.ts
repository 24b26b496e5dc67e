import { defineStore } from 'pinia';
import { shallowReadonly, shallowRef } from 'vue';
import { startPausableTimer, type PausableTimer } from '../../lib/pausable-timer.ts';

/** Milliseconds for which a success is told. */
export const toastTime = 5_000;
/** More at once are not read. */
const maxShown = 3;

export interface ToastText {
  readonly title: string;
  readonly body?: string | undefined;
  /** Takes back what is told of. */
  readonly undo?: () => void;
  /** Not what went well: an Undo that did not work, which has no place on the page. */
  readonly isFailure?: boolean;
}

export interface Toast extends ToastText {
  readonly id: number;
}

/**
 * One rule for every success: told once, for five seconds in which nobody points at it or has the focus on it, and
 * then gone. What went wrong, and what has to be decided, stands on the page instead and stays.
 */
export const useToasts = defineStore('toasts', () => {
  const toasts = shallowRef<readonly Toast[]>([]);
  const timers = new Map<number, PausableTimer>();
  let lastId = 0;
  let isPaused = false;

  function dismiss(id: number): void {
    timers.get(id)?.stop();
    timers.delete(id);
    toasts.value = toasts.value.filter((each) => each.id !== id);
  }

  /** The same said again takes the place of the first. */
  function say(text: ToastText): void {
    const id = (lastId += 1);
    const next = [...toasts.value.filter(({ title }) => title !== text.title), { ...text, id }];
    const shown = next.slice(-maxShown);
    for (const each of toasts.value) if (!shown.includes(each)) dismiss(each.id);
    toasts.value = shown;
    const timer = startPausableTimer(toastTime, () => dismiss(id));
    if (isPaused) timer.pause();
    timers.set(id, timer);
  }

  function undo(toast: Toast): void {
    dismiss(toast.id);
    toast.undo?.();
  }

  /** While somebody reads one, none goes. */
  function hold(): void {
    isPaused = true;
    for (const timer of timers.values()) timer.pause();
  }

  function release(): void {
    isPaused = false;
    for (const timer of timers.values()) timer.resume();
  }

  /** What was told belongs to a state that is being asked for anew. */
  function clear(): void {
    for (const { id } of toasts.value) dismiss(id);
  }

  return { toasts: shallowReadonly(toasts), say, undo, dismiss, hold, release, clear };
});
