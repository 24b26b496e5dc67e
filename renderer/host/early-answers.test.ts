import { describe, expect, it } from 'vitest';
import type { EventMessage, Reply } from '../../shared/rpc/transport.ts';
import { settle } from '../testing/waiting.ts';
import { askEarly } from './early-answers.ts';

/** A shell that answers when the test says so, in the order in which it was asked. */
function createShell() {
  const asked: string[] = [];
  const answers: ((reply: Reply) => void)[] = [];
  const listeners = new Set<(message: EventMessage) => void>();
  let resync: () => void = () => undefined;
  const early = askEarly({
    request(channel, input) {
      asked.push(input === undefined ? channel : `${channel} ${JSON.stringify(input)}`);
      return new Promise((resolve) => answers.push(resolve));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onResync: (listener) => void (resync = listener),
  });
  async function answer(reply: Reply): Promise<void> {
    answers[0]?.(reply);
    await settle();
  }
  return {
    ...early,
    asked,
    listeners,
    answer: (changes: object = {}) =>
      answer({
        ok: true,
        value: { app: 'app', settings: 'settings', connections: 'connections', profile: kept, ...changes },
      }),
    refuse: () => answer(refusal),
    ask: (channel: string, input?: unknown) => early.transport.request(channel, input),
    emit: () => listeners.forEach((listener) => listener({ channel: 'connections.changed', payload: {} })),
    resync: () => resync(),
  };
}

const kept = { connectionId: 'one', sections: {} };
const keptInput = { connectionId: 'one', from: 'cache' };
const refusal = { ok: false, error: { code: 'key-store-unavailable' } } as const;

describe('D1 what the first screen asks, asked before it is there', () => {
  it('is one call, and answers each part of it, also while it is under way', async () => {
    const shell = createShell();
    const settings = shell.ask('settings.get');
    await shell.answer();
    expect(await settings).toEqual({ ok: true, value: 'settings' });
    expect(await shell.ask('app.snapshot')).toEqual({ ok: true, value: 'app' });
    expect(await shell.ask('connections.list')).toEqual({ ok: true, value: 'connections' });
    expect(await shell.ask('profile.get', keptInput)).toEqual({ ok: true, value: kept });
    expect(shell.asked).toEqual(['start.snapshot']);
  });

  it('has the kept profile as soon as whoever waited for the connections can ask for it', async () => {
    const shell = createShell();
    const profile = shell.ask('connections.list').then(() => shell.ask('profile.get', keptInput));
    await shell.answer();
    expect(await profile).toEqual({ ok: true, value: kept });
    expect(shell.asked).toEqual(['start.snapshot']);
  });

  it('gives each answer once', async () => {
    const shell = createShell();
    await shell.answer();
    await shell.ask('settings.get');
    void shell.ask('settings.get');
    expect(shell.asked).toEqual(['start.snapshot', 'settings.get']);
  });

  it('asks on for anything else: another connection, the provider, where nothing is kept', async () => {
    const shell = createShell();
    await shell.answer({ profile: null });
    void shell.ask('profile.get', { connectionId: 'other', from: 'cache' });
    void shell.ask('profile.get', { connectionId: 'one', from: 'provider' });
    void shell.ask('profile.get', keptInput);
    expect(shell.asked).toHaveLength(4);
  });

  it('tells of the connections what was wrong instead of asking the key store a second question', async () => {
    const shell = createShell();
    const early = shell.ask('app.snapshot');
    const connections = shell.ask('connections.list');
    await shell.refuse();
    expect(await connections).toEqual(refusal);
    expect(shell.asked).toEqual(['start.snapshot', 'app.snapshot']);
    expect(early).toBeInstanceOf(Promise);
  });
});

describe('D1 an early answer that has grown old', () => {
  it.each([
    ['something changed since', (shell: ReturnType<typeof createShell>) => shell.emit()],
    ['changes may have been missed', (shell: ReturnType<typeof createShell>) => shell.resync()],
    ['the first screen is there and did not want it', (shell: ReturnType<typeof createShell>) => shell.forget()],
  ])('is asked for anew when %s, before or after it came', async (_why, grow) => {
    for (const comesFirst of [true, false]) {
      const shell = createShell();
      if (comesFirst) await shell.answer();
      grow(shell);
      await shell.answer();
      void shell.ask('connections.list');
      void shell.ask('profile.get', keptInput);
      expect(shell.asked).toEqual(['start.snapshot', 'connections.list', `profile.get ${JSON.stringify(keptInput)}`]);
    }
  });

  it('is not waited for any longer: nothing listens once all are forgotten', () => {
    const shell = createShell();
    expect(shell.listeners.size).toBe(1);
    shell.forget();
    expect(shell.listeners.size).toBe(0);
  });
});
