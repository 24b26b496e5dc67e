import { describe, expect, it } from 'vitest';
import { settle } from '../testing/waiting.ts';
import { createBrowserTransport } from './browser-transport.ts';
import type { ShellState } from './host.ts';

/** A shell that a test answers for by hand: it holds the open event streams and can go away. */
function createShell() {
  const encoder = new TextEncoder();
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  const requests: { path: string; init: RequestInit }[] = [];
  const waits: number[] = [];
  const wakers: (() => void)[] = [];
  let refusal: number | undefined;
  const shell = {
    refuseNextCall: (status: number) => void (refusal = status),
    token: 'right',
    isUp: true,
    requests,
    waits,
    write: (text: string) => streams.at(-1)?.enqueue(encoder.encode(text)),
    endStream: () => streams.at(-1)?.close(),
    streams,
    /** Ends the wait before the next try. */
    wake: async () => {
      wakers.shift()?.();
      await settle();
    },
  };
  async function fetch(path: string, init: RequestInit): Promise<Response> {
    requests.push({ path, init });
    if (!shell.isUp) throw new TypeError('Failed to fetch');
    if (new Headers(init.headers).get('X-Profile-Desk-Token') !== shell.token)
      return new Response('{}', { status: 401 });
    if (path === '/events')
      return new Response(new ReadableStream<Uint8Array>({ start: (controller) => void streams.push(controller) }));
    const status = refusal;
    refusal = undefined;
    if (status) return new Response('{}', { status });
    return Response.json({ ok: true, value: JSON.parse(String(init.body)) as unknown });
  }
  async function sleep(ms: number): Promise<void> {
    if (ms === 0) return;
    waits.push(ms);
    await new Promise<void>((resolve) => wakers.push(resolve));
  }
  const states: ShellState[] = [];
  let resyncs = 0;
  const transport = createBrowserTransport({
    pass: { token: 'right', code: 'of the link' },
    fetch,
    sleep,
  });
  transport.onState((state) => void states.push(state));
  transport.onResync(() => (resyncs += 1));
  return { shell, transport, states, resyncs: () => resyncs };
}

describe('D1 the browser shell: requests', () => {
  it('sends channel and input with the token, and gives the reply', async () => {
    const { shell, transport, states } = createShell();
    expect(await transport.request('settings.update', { theme: 'dark' })).toEqual({
      ok: true,
      value: { channel: 'settings.update', input: { theme: 'dark' } },
    });
    expect(shell.requests.map(({ path, init }) => [init.method ?? 'GET', path])).toEqual([
      ['GET', '/events'],
      ['POST', '/rpc'],
    ]);
    expect(states.at(-1)).toBe('answering');
  });

  it('L14 says the code of its link along with its token, whenever it asks: the first to arrive may be any of them', async () => {
    const { shell, transport } = createShell();
    await transport.request('app.snapshot', undefined);
    await transport.request('app.snapshot', undefined);
    expect(shell.requests.map(({ init }) => new Headers(init.headers).get('X-Profile-Desk-Code'))).toEqual(
      shell.requests.map(() => 'of the link'),
    );
  });

  it('W4 says that too much was sent, and stays usable', async () => {
    const { shell, transport, states } = createShell();
    shell.refuseNextCall(413);
    expect(await transport.request('profile.update', 'x'.repeat(10))).toEqual({
      ok: false,
      error: { code: 'invalid-request', reason: 'request-too-large' },
    });
    expect(states.at(-1)).toBe('answering');
    expect(await transport.request('app.snapshot', undefined)).toMatchObject({ ok: true });
  });

  it('sends its first calls once events flow, so that nothing falls between', async () => {
    const { shell, transport } = createShell();
    const first = [transport.request('app.snapshot', undefined), transport.request('settings.get', undefined)];
    const asked = () => shell.requests.map(({ path }) => path);
    expect(asked()).toEqual(['/events']);
    await Promise.all(first);
    expect(asked()).toEqual(['/events', '/rpc', '/rpc']);
  });

  it('tells how the shell was met already to whoever listens later', async () => {
    const { shell, transport } = createShell();
    shell.token = 'of the next run';
    await transport.request('app.snapshot', undefined);
    const late: ShellState[] = [];
    transport.onState((state) => void late.push(state));
    expect(late).toEqual(['token-refused']);
  });

  it('tells a refused token from a shell that is gone', async () => {
    const { shell, transport, states } = createShell();
    shell.token = 'of the next run';
    expect(await transport.request('app.snapshot', undefined)).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(states.at(-1)).toBe('token-refused');
    shell.isUp = false;
    await transport.request('app.snapshot', undefined);
    expect(states.at(-1)).toBe('gone');
  });
});

describe('D1 the browser shell: events', () => {
  it('delivers one message a line, also when it arrives in pieces, and skips heartbeats', async () => {
    const { shell, transport } = createShell();
    const heard: unknown[] = [];
    const stop = transport.subscribe((message) => void heard.push(message));
    await transport.request('app.snapshot', undefined);
    shell.write('\n{"channel":"a","pay');
    shell.write('load":"é"}\n\n{"channel":"b","payload":2}\n{"chan');
    await settle();
    expect(heard).toEqual([
      { channel: 'a', payload: 'é' },
      { channel: 'b', payload: 2 },
    ]);
    stop();
    shell.write('nel":"c","payload":3}\n');
    await settle();
    expect(heard).toHaveLength(2);
  });

  it('opens the stream again and asks for new snapshots', async () => {
    const { shell, transport, states, resyncs } = createShell();
    await transport.request('app.snapshot', undefined);
    expect(resyncs()).toBe(0);
    shell.endStream();
    await settle();
    expect(shell.streams).toHaveLength(2);
    expect(resyncs()).toBe(1);
    expect(states).not.toContain('gone');
  });

  it('tells of a lost shell, tries with growing waits, and goes on when it is back', async () => {
    const { shell, transport, states, resyncs } = createShell();
    await transport.request('app.snapshot', undefined);
    shell.isUp = false;
    shell.endStream();
    await settle();
    expect(states).not.toContain('gone');
    await shell.wake();
    expect(states.at(-1)).toBe('gone');
    await shell.wake();
    expect(shell.waits).toEqual([500, 1_000, 2_000]);
    shell.isUp = true;
    await shell.wake();
    expect(states.at(-1)).toBe('answering');
    expect(resyncs()).toBe(1);
  });

  it('stops trying with a token that is refused', async () => {
    const { shell, transport, states } = createShell();
    await transport.request('app.snapshot', undefined);
    shell.token = 'of the next run';
    shell.endStream();
    await settle();
    expect(states.at(-1)).toBe('token-refused');
    expect(shell.waits).toEqual([]);
    expect(shell.requests.filter(({ path }) => path === '/events')).toHaveLength(2);
  });
});
