import type { FieldErrors } from '../contract/error-shape.ts';
import { AppError, commonErrors, type ErrorCode } from '../contract/errors.ts';
import type { Call, Contract, EventMap, Handlers } from './define.ts';
import type { EventMessage, Reply } from './transport.ts';

export interface DispatcherOptions<Sender> {
  /** Says whether this sender may call at all: own window, top frame, own origin. */
  readonly isTrusted: (sender: Sender) => boolean;
  /** Keeps the cause of an unexpected error on this computer and returns the reference the screen may show. */
  readonly report: (channel: string, cause: unknown) => string;
}

export interface Dispatcher<Sender> {
  /** Never rejects: every refusal is a reply. */
  dispatch(channel: string, input: unknown, sender: Sender): Promise<Reply>;
}

type Entry = { readonly call: Call; readonly handle: (input: unknown) => unknown };

/** The one gate between a renderer and the services: sender, channel, input and output are checked, in this order. */
export function createDispatcher<C extends Contract, Sender>(
  contract: C,
  handlers: Handlers<C>,
  options: DispatcherOptions<Sender>,
): Dispatcher<Sender> {
  const table = tabulate(contract, handlers);

  async function answer(channel: string, input: unknown, sender: Sender): Promise<unknown> {
    if (!options.isTrusted(sender)) throw new AppError('forbidden');
    const entry = table.get(channel);
    if (!entry) throw new AppError('invalid-request');
    const parsed = entry.call.input.safeParse(input);
    if (!parsed.success) throw new AppError('invalid-request', { fields: fieldErrors(parsed.error.issues) });
    return entry.call.output.parse(await carryOut(channel, entry, parsed.data));
  }

  /** The person gets it all the same: a code holds no secret, and its text says more of what to do than a reference. */
  async function carryOut(channel: string, { call, handle }: Entry, input: unknown): Promise<unknown> {
    try {
      return await handle(input);
    } catch (error) {
      if (error instanceof AppError && !isListed(call, error.code))
        options.report(channel, new UnlistedError(channel, error));
      throw error;
    }
  }

  return {
    async dispatch(channel, input, sender) {
      try {
        return { ok: true, value: await answer(channel, input, sender) };
      } catch (error) {
        const known = error instanceof AppError ? error : undefined;
        // Services may throw `internal` themselves, but only the report gives it a reference.
        if (known && known.code !== 'internal') return { ok: false, error: known.toShape() };
        return { ok: false, error: { code: 'internal', reference: options.report(channel, error) } };
      }
    },
  };
}

/** An error that the contract of its call does not list: a fault of ours, or a service that answers as none should. */
export class UnlistedError extends Error {
  constructor(channel: string, cause: AppError) {
    super(`${channel} ended with ${cause.code}, which its contract does not list`, { cause });
    this.name = 'UnlistedError';
  }
}

function isListed({ errors }: Call, code: ErrorCode): boolean {
  return errors.includes(code) || commonErrors.some((common) => common === code);
}

/** Checks an event's payload before it leaves; throws what zod throws, because a wrong event is our own fault. */
export function createEmitter<C extends Contract>(contract: C, send: (message: EventMessage) => void) {
  return function emit<K extends keyof EventMap<C> & string>(channel: K, payload: EventMap<C>[K]): void {
    const [group = '', verb = ''] = channel.split('.');
    const entry = contract[group]?.[verb];
    if (entry?.kind !== 'event') throw new Error(`no such event: ${channel}`);
    send({ channel, payload: entry.payload.parse(payload) });
  };
}

function tabulate<C extends Contract>(contract: C, handlers: Handlers<C>): Map<string, Entry> {
  const table = new Map<string, Entry>();
  const loose = handlers as Record<string, Record<string, (input: unknown) => unknown>>;
  for (const [group, verbs] of Object.entries(contract)) {
    for (const [verb, entry] of Object.entries(verbs)) {
      if (entry.kind !== 'call') continue;
      const handle = loose[group]?.[verb];
      if (!handle) throw new Error(`no handler for ${group}.${verb}`);
      table.set(`${group}.${verb}`, { call: entry, handle: (input) => handle(input) });
    }
  }
  return table;
}

interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly minimum?: unknown;
}

/** Zod's issues as errors at fields, keyed by the dotted path of the input. */
function fieldErrors(issues: readonly Issue[]): FieldErrors {
  const fields: FieldErrors = {};
  for (const issue of issues) fields[issue.path.map(String).join('.')] ??= fieldError(issue);
  return fields;
}

function fieldError(issue: Issue): FieldErrors[string] {
  // The bound keeps the gate safe; it is wider than the field's own limit, so it is not told.
  if (issue.code === 'too_big') return { code: 'too-long' };
  if (issue.code === 'too_small') return issue.minimum === 1 ? { code: 'required' } : { code: 'too-short' };
  return { code: 'not-valid' };
}
