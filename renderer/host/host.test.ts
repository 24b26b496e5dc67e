import { describe, expect, it } from 'vitest';
import { createHost, type ShellState } from './host.ts';
import { pickTransport } from './pick-transport.ts';

describe('D2 the host', () => {
  it("uses Electron's bridge where there is one, and nothing else", async () => {
    const asked: string[] = [];
    const profileDesk = {
      request: (channel: string) => (
        asked.push(channel),
        Promise.resolve({ ok: true as const, value: { theme: 'dark' } })
      ),
      subscribe: () => () => undefined,
    };
    const { calls, shell } = createHost(pickTransport({ profileDesk } as unknown as Window));
    expect(await calls.settings.get()).toEqual({ theme: 'dark' });
    expect(asked).toEqual(['settings.get']);
    expect(shell.value).toBe('answering');
  });

  it('shows what the transport says of its other end', () => {
    let tell: (state: ShellState) => void = () => undefined;
    const transport = {
      request: () => Promise.reject(new Error('unused')),
      subscribe: () => () => undefined,
      onState: (listener: typeof tell) => void (tell = listener),
      onResync: () => undefined,
    };
    const { shell } = createHost(transport);
    tell('gone');
    expect(shell.value).toBe('gone');
  });
});
