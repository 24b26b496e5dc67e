import type { ClipboardItem } from 'electron';
import { describe, expect, it } from 'vitest';
import { createSystemClipboard } from './system-clipboard.ts';

type Payloads = Record<string, string | Blob>;

function setUp(platform: NodeJS.Platform) {
  const written: Payloads[] = [];
  const clipboard = createSystemClipboard({
    clipboard: {
      write: async (items) => void written.push(...(items as unknown as Payloads[])),
      readText: async () => 'pasted',
      clear: () => void written.push({}),
    },
    createItem: (payloads) => payloads as unknown as ClipboardItem,
    platform,
  });
  return { written, clipboard };
}

const raw = (format: string) => `electron application/osclipboard;format="${format}"`;

describe('X12 clipboard in Electron', () => {
  it.each([
    [
      'win32',
      ['ExcludeClipboardContentFromMonitorProcessing', 'CanIncludeInClipboardHistory', 'CanUploadToCloudClipboard'],
    ],
    ['darwin', ['org.nspasteboard.ConcealedType']],
    ['linux', ['x-kde-passwordManagerHint']],
  ] as const)('writes text and mark as one item on %s', async (platform, formats) => {
    const { written, clipboard } = setUp(platform);
    await clipboard.writeSecret('pdk_secret');
    expect(written.map((item) => Object.keys(item))).toEqual([['text/plain', ...formats.map(raw)]]);
    expect(written[0]?.['text/plain']).toBe('pdk_secret');
  });

  it.each(['win32', 'darwin', 'linux'] as const)('writes what is no secret without a mark on %s', async (platform) => {
    const { written, clipboard } = setUp(platform);
    await clipboard.writeText('a fingerprint');
    expect(written).toEqual([{ 'text/plain': 'a fingerprint' }]);
  });

  it('says no to the history of Windows by a DWORD of 0', async () => {
    const { written, clipboard } = setUp('win32');
    await clipboard.writeSecret('pdk_secret');
    const mark = written[0]?.[raw('CanIncludeInClipboardHistory')] as Blob;
    expect([...new Uint8Array(await mark.arrayBuffer())]).toEqual([0, 0, 0, 0]);
  });

  it('is unavailable where the system refuses', async () => {
    const refuse = () => Promise.reject(new Error('no selection owner'));
    const clipboard = createSystemClipboard({
      clipboard: { write: refuse, readText: refuse, clear: () => undefined },
      createItem: () => ({}) as ClipboardItem,
      platform: 'linux',
    });
    await expect(clipboard.writeSecret('x')).rejects.toMatchObject({ code: 'clipboard-unavailable' });
    await expect(clipboard.read()).rejects.toMatchObject({ code: 'clipboard-unavailable' });
    await clipboard.clear();
  });
});
