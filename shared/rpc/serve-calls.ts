import { AppError } from '../contract/errors.ts';
import type { Contract, Handlers } from './define.ts';
import type { CallMessage, MessageLink, ReplyMessage } from './message-link.ts';
import { wipeBytes, withOwnBytes } from './own-bytes.ts';

const maxCauseLength = 2_000;

/**
 * The child's side of a contract: answers each call that comes over the link. By the contract's TYPE alone, so that a
 * child loads no zod: the one that started it checks what it sends and every answer (electron/services/core/children).
 * The bytes of a call are its own: those that came and those that went are wiped once it is answered, so who keeps some
 * copies them. `describe` says of an error what the log of the other side may hold.
 */
export function serveCalls<C extends Contract>(
  link: MessageLink,
  handlers: Handlers<C>,
  describe: (error: unknown) => string = nameOf,
): void {
  const groups: Readonly<Record<string, Readonly<Record<string, (input: unknown) => unknown>>>> = handlers;

  async function answer({ id, channel, input }: CallMessage): Promise<void> {
    try {
      const [group = '', verb = ''] = channel.split('.');
      const handle = groups[group]?.[verb];
      if (!handle) throw new TypeError('no such call');
      const value = await handle(input);
      post({ id, ok: true, value });
      wipeBytes(value);
    } catch (error) {
      post({ id, ok: false, ...toFault(error, describe) });
    }
    wipeBytes(input);
  }

  function post(reply: ReplyMessage): void {
    const { message, wipe } = withOwnBytes(reply);
    link.post(message);
    wipe();
  }

  link.onMessage((message) => void answer(message as CallMessage));
}

function toFault(error: unknown, describe: (error: unknown) => string) {
  if (!(error instanceof AppError)) return { error: { code: 'internal' as const }, cause: cut(describe(error)) };
  return { error: error.toShape(), cause: error.cause === undefined ? '' : cut(describe(error.cause)) };
}

/** The text of an error can hold what a file says; its name and its code do not. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}

function cut(text: string): string {
  return text.slice(0, maxCauseLength);
}
