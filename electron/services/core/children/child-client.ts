import * as z from 'zod';
import { errorShapeSchema, type ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { createCalls } from '../../../../shared/rpc/client.ts';
import type { Call, Client, Contract } from '../../../../shared/rpc/define.ts';
import type { CallMessage } from '../../../../shared/rpc/message-link.ts';
import { withOwnBytes } from '../../../../shared/rpc/own-bytes.ts';
import type { Child, Clock } from '../../ports.ts';

export interface ChildClientOptions<C extends Contract> {
  readonly contract: C;
  readonly child: Child;
  /** Of the child, for the log. */
  readonly name: string;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Called once it has ended or was ended, with how many calls that left without an answer. */
  readonly onEnd?: (why: string, unanswered: number) => void;
}

interface Pending {
  readonly channel: string;
  readonly call: Call;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const replySchema = z.discriminatedUnion('ok', [
  z.strictObject({ id: z.int(), ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ id: z.int(), ok: z.literal(false), error: errorShapeSchema, cause: z.string().max(2_000) }),
]);
type Reply = z.infer<typeof replySchema>;

/**
 * Our side of the contract with a child, whose other side is `serveCalls`. A child may be what reads hostile bytes, so
 * what goes is checked (nothing but what the contract names crosses), and so is what comes. One that breaks the
 * contract, that dies or that takes too long is ended, and whatever it was asked rejects.
 */
export class ChildClient<C extends Contract> {
  readonly #options: ChildClientOptions<C>;
  readonly #pending = new Map<number, Pending>();
  #calls = 0;
  /** Why it is of no use any more. */
  #end: string | undefined;

  constructor(options: ChildClientOptions<C>) {
    this.#options = options;
    options.child.onMessage((message) => this.#receive(message));
    options.child.onExit((code) => this.end(code === null ? 'it ended' : `it ended with ${String(code)}`));
  }

  /**
   * Each of these calls has so many milliseconds. Errors: AppError, as the child throws it; internal, with the reason
   * as its cause, if it threw something else or was ended.
   */
  within(milliseconds: number): Client<C> {
    return createCalls<C>((channel, input) => this.#request(channel, input, milliseconds));
  }

  /** Ends the child now. */
  end(why: string): void {
    if (this.#end !== undefined) return;
    this.#end = why;
    const unanswered = [...this.#pending.values()];
    this.#pending.clear();
    this.#options.child.kill();
    this.#options.onEnd?.(why, unanswered.length);
    for (const { reject } of unanswered) reject(this.#failure({ code: 'internal' }, why));
  }

  async #request(channel: string, input: unknown, milliseconds: number): Promise<unknown> {
    const call = findCall(this.#options.contract, channel);
    const parsed = call.input.parse(input);
    if (this.#end !== undefined) throw this.#failure({ code: 'internal' }, this.#end);
    const id = (this.#calls += 1);
    const timer = new AbortController();
    try {
      return await new Promise((resolve, reject) => {
        this.#pending.set(id, { channel, call, resolve, reject });
        this.#post({ id, channel, input: parsed });
        this.#options.clock.sleep(milliseconds, timer.signal).then(
          () => this.end(`${channel} took more than ${String(milliseconds)} ms`),
          () => undefined,
        );
      });
    } finally {
      timer.abort();
      this.#pending.delete(id);
    }
  }

  #post(call: CallMessage): void {
    const { message, wipe } = withOwnBytes(call);
    try {
      this.#options.child.post(message);
    } finally {
      wipe();
    }
  }

  #receive(message: unknown): void {
    // Of one that was ended something may still be on its way.
    if (this.#end !== undefined) return;
    const reply = replySchema.safeParse(message);
    const pending = this.#pending.get(reply.data?.id ?? 0);
    if (!reply.data || !pending) return this.end('it sent what is no answer');
    this.#settle(pending, reply.data);
  }

  #settle({ channel, call, resolve, reject }: Pending, reply: Reply): void {
    if (!reply.ok) return reject(this.#failure(reply.error, reply.cause));
    const { data, error } = call.output.safeParse(reply.value);
    if (!error) return resolve(data);
    const where = error.issues.map(({ path, code }) => `${path.map(String).join('.')} ${code}`);
    this.end(`its answer to ${channel} breaks the contract: ${where.slice(0, 3).join(', ')}`);
  }

  #failure({ code, ...details }: ErrorShape, why: string): AppError {
    return new AppError(code, details, new Error(`${this.#options.name}: ${why}`));
  }
}

function findCall(contract: Contract, channel: string): Call {
  const [group = '', verb = ''] = channel.split('.');
  const entry = contract[group]?.[verb];
  if (entry?.kind !== 'call') throw new Error(`no such call: ${channel}`);
  return entry;
}
