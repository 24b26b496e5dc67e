import type { Clipboard as ElectronClipboard, ClipboardItem } from 'electron';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Clipboard } from '../../services/ports.ts';

export interface SystemClipboardDeps {
  readonly clipboard: Pick<ElectronClipboard, 'write' | 'readText' | 'clear'>;
  readonly createItem: (payloads: Record<string, string | Blob>) => ClipboardItem;
  readonly platform: NodeJS.Platform;
}

/**
 * The system's clipboard. Text and marks are written as one item, so that no history sees the text without its mark.
 */
export function createSystemClipboard({ clipboard, createItem, platform }: SystemClipboardDeps): Clipboard {
  const write = (payloads: Record<string, string | Blob>): Promise<void> =>
    orUnavailable(() => clipboard.write([createItem(payloads)]));
  return {
    writeText: (text) => write({ 'text/plain': text }),
    writeSecret: (text) => write({ 'text/plain': text, ...marksOf(platform) }),
    read: () => orUnavailable(() => clipboard.readText()),
    clear: () => orUnavailable(async () => clipboard.clear()),
  };
}

const noDword = (): Blob => new Blob([new Uint8Array(4)]);

/** What tells clipboard histories to leave a secret out, by the word of each system. */
function marksOf(platform: NodeJS.Platform): Record<string, string | Blob> {
  // Microsoft, "Cloud Clipboard and Clipboard History Formats".
  if (platform === 'win32') {
    return {
      [raw('ExcludeClipboardContentFromMonitorProcessing')]: '1',
      [raw('CanIncludeInClipboardHistory')]: noDword(),
      [raw('CanUploadToCloudClipboard')]: noDword(),
    };
  }
  // nspasteboard.org; also keeps it from other devices of the person.
  if (platform === 'darwin') return { [raw('org.nspasteboard.ConcealedType')]: '1' };
  // KDE's Klipper, and others after it.
  return { [raw('x-kde-passwordManagerHint')]: 'secret' };
}

/** Electron's name for a format of the system's own. */
function raw(format: string): string {
  return `electron application/osclipboard;format="${format}"`;
}

async function orUnavailable<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new AppError('clipboard-unavailable', {}, error);
  }
}
