import type { StartSnapshot } from '../../shared/contract/start.ts';
import type { Reply, Transport } from '../../shared/rpc/transport.ts';
import type { ShellLink } from './host.ts';

type PageTransport = Transport & Partial<ShellLink>;

export interface EarlyAnswers {
  /** Gives out each early answer once, to whoever asks for that; everything else it passes on. */
  readonly transport: PageTransport;
  /** What nobody has asked for by now would only grow old. */
  forget(): void;
}

/**
 * Asks at once, and in one call, what the first screen is going to ask (start-stores.ts), so that the answer is on its
 * way while the screens are still being read.
 */
export function askEarly(transport: PageTransport): EarlyAnswers {
  /** By what is asked; undefined if there is no such answer after all. */
  const answers = new Map<string, Promise<Reply | undefined>>();
  let isOld = false;
  function forget(): void {
    isOld = true;
    answers.clear();
  }
  // Whoever asks from now on did not hear of the change: an answer from before it would stay on the screen.
  const stop = transport.subscribe(forget);
  transport.onResync?.(forget);

  const reply = transport.request('start.snapshot', undefined);
  const start = reply.then((answer) => (answer.ok ? (answer.value as StartSnapshot) : undefined));
  void start.then((answer) => {
    const kept = answer?.profile;
    if (kept && !isOld)
      answers.set(
        keyOf('profile.get', { connectionId: kept.connectionId, from: 'cache' }),
        Promise.resolve({ ok: true, value: kept }),
      );
  });
  const part = (name: 'app' | 'settings'): Promise<Reply | undefined> =>
    start.then((answer) => answer && { ok: true, value: answer[name] });
  answers.set(keyOf('app.snapshot'), part('app'));
  answers.set(keyOf('settings.get'), part('settings'));
  // Nothing else of it can be refused; to ask for that again could mean a second question of the key store.
  answers.set(
    keyOf('connections.list'),
    reply.then((answer) => (answer.ok ? { ok: true, value: (answer.value as StartSnapshot).connections } : answer)),
  );

  return {
    transport: {
      ...transport,
      request(channel, input) {
        const key = keyOf(channel, input);
        const early = answers.get(key);
        answers.delete(key);
        if (!early) return transport.request(channel, input);
        return early.then((answer) => answer ?? transport.request(channel, input));
      },
    },
    forget() {
      stop();
      forget();
    },
  };
}

function keyOf(channel: string, input?: unknown): string {
  return JSON.stringify([channel, input]);
}
