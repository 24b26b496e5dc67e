import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeTempFolder } from '../../tests/support/temp-folder.ts';
import { describeCauses, fetchElectron, type Progress } from './fetch.ts';
import { createProgressLine } from './show-progress.ts';

const root = join(import.meta.dirname, '../..');
afterEach(() => void vi.unstubAllEnvs());

/** Sends a tenth of what it promised, and never the rest. */
async function startSlowMirror() {
  const server = createServer((_request, response) => {
    response.setHeader('content-length', '1000');
    response.write(Buffer.alloc(100));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  return {
    address,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('D1 fetching Electron', () => {
  it('tells how far it is, and ends when it is told to', async () => {
    using cache = makeTempFolder();
    const mirror = await startSlowMirror();
    vi.stubEnv('electron_config_cache', cache.path);
    vi.stubEnv('ELECTRON_MIRROR', mirror.address);
    const giveUp = new AbortController();
    const seen: Progress[] = [];
    const onProgress = (progress: Progress): void => {
      seen.push({ transferred: progress.transferred, total: progress.total });
      giveUp.abort();
    };
    try {
      expect(await fetchElectron(root, { onProgress, signal: giveUp.signal })).toEqual({ kind: 'given up' });
      expect(seen).toEqual([{ transferred: 100, total: 1000 }]);
    } finally {
      mirror.close();
    }
  });

  it('says what went wrong, down to its cause', async () => {
    using cache = makeTempFolder();
    vi.stubEnv('electron_config_cache', cache.path);
    vi.stubEnv('ELECTRON_MIRROR', 'http://127.0.0.1:9/');
    const { signal } = new AbortController();
    const outcome = await fetchElectron(root, { onProgress: () => undefined, signal });
    expect(outcome).toEqual({ kind: 'failed', reason: expect.stringMatching(/fetch failed: \S+/) as string });
  });

  it('names each cause once', () => {
    const refused = new AggregateError([new Error('connect ECONNREFUSED ::1:443'), new Error('other')], '');
    expect(describeCauses(new TypeError('fetch failed', { cause: refused }))).toBe(
      'fetch failed: connect ECONNREFUSED ::1:443',
    );
    expect(describeCauses(new Error('a', { cause: new Error('a') }))).toBe('a');
    expect(describeCauses('text')).toBe('text');
  });

  it.each<[boolean, number | null, string]>([
    [true, 120_000_000, '\r  1 of 120 MB \r  60 of 120 MB \r  120 of 120 MB \n'],
    [false, 120_000_000, '  1 of 120 MB\n  60 of 120 MB\n  120 of 120 MB\n'],
    [true, null, '\r  1 MB \r  60 MB \r  120 MB \n'],
  ])('is shown (terminal: %s, size: %s)', (isTTY, total, text) => {
    let written = '';
    const line = createProgressLine({ isTTY, write: (part: string) => (written += part) });
    for (const transferred of [1_000_000, 1_400_000, 60_000_000, 120_000_000]) line.show({ transferred, total });
    line.end();
    expect(written).toBe(text);
  });
});
