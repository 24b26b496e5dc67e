import { AppError } from '../../../shared/contract/errors.ts';
import type { Clipboard, Notifier } from '../ports.ts';

export interface MemoryClipboard extends Clipboard {
  /** What a person would paste. */
  content: string;
  isAvailable: boolean;
}

/** A clipboard of one's own: the system's is used by others while tests run. */
export function createMemoryClipboard(): MemoryClipboard {
  const check = (): void => {
    if (!clipboard.isAvailable) throw new AppError('clipboard-unavailable');
  };
  const clipboard: MemoryClipboard = {
    content: '',
    isAvailable: true,
    async writeText(text) {
      check();
      clipboard.content = text;
    },
    async writeSecret(text) {
      check();
      clipboard.content = text;
    },
    async read() {
      check();
      return clipboard.content;
    },
    async clear() {
      check();
      clipboard.content = '';
    },
  };
  return clipboard;
}

export interface MemoryNotifier extends Notifier {
  readonly shown: { readonly title: string; readonly body: string }[];
  isAvailable: boolean;
}

export function createMemoryNotifier(): MemoryNotifier {
  const notifier: MemoryNotifier = {
    shown: [],
    isAvailable: true,
    async show(notification) {
      if (notifier.isAvailable) notifier.shown.push(notification);
      return notifier.isAvailable;
    },
  };
  return notifier;
}
