import type { Readable, Writable } from 'node:stream';

interface ProtocolMessage {
  readonly id?: number;
  readonly result?: { readonly errorText?: string };
  readonly method?: string;
  readonly params?: {
    readonly sessionId?: string;
    readonly targetId?: string;
    readonly targetInfo?: { readonly type: string; readonly targetId: string };
  };
}

interface PageListeners {
  /** The browser shows the page. */
  onShown(): void;
  /** The page can not be shown, or the last page of the browser was closed. */
  onGone(): void;
}

/**
 * Sends the first page of a browser to `url`, through the pipe of --remote-debugging-pipe.
 * https://chromedevtools.github.io/devtools-protocol/ : JSON messages, each ended by a NUL.
 */
export function showFirstPage(commands: Writable, answers: Readable, url: string, listeners: PageListeners): void {
  let lastId = 0;
  let navigation: number | undefined;
  const pages = new Set<string>();
  const send = (method: string, params: object, sessionId?: string): number => {
    commands.write(`${JSON.stringify({ id: ++lastId, method, params, sessionId })}\0`);
    return lastId;
  };
  const handlers: Readonly<Record<string, (params: NonNullable<ProtocolMessage['params']>) => void>> = {
    'Target.targetCreated'({ targetInfo }) {
      if (targetInfo?.type !== 'page') return;
      if (pages.size === 0 && navigation === undefined)
        send('Target.attachToTarget', { targetId: targetInfo.targetId, flatten: true });
      pages.add(targetInfo.targetId);
    },
    'Target.attachedToTarget'({ sessionId }) {
      navigation = send('Page.navigate', { url }, sessionId);
    },
    'Target.targetDestroyed'({ targetId = '' }) {
      if (pages.delete(targetId) && pages.size === 0) listeners.onGone();
    },
  };
  commands.on('error', () => commands.destroy());
  readMessages(answers, ({ id, result, method = '', params = {} }) => {
    if (id !== undefined && id === navigation) {
      if (result && !result.errorText) listeners.onShown();
      else listeners.onGone();
    }
    handlers[method]?.(params);
  });
  send('Target.setDiscoverTargets', { discover: true });
}

function readMessages(answers: Readable, onMessage: (message: ProtocolMessage) => void): void {
  let rest = '';
  answers.setEncoding('utf8').on('data', (chunk: string) => {
    const messages = (rest + chunk).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) onMessage(JSON.parse(message) as ProtocolMessage);
  });
}
