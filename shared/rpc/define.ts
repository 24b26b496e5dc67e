import type { z } from 'zod';
import type { ErrorCode } from '../contract/errors.ts';

/** One request of the table: both sides of it, and what it may fail with, are checked at run time. */
export interface Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'call';
  readonly input: I;
  readonly output: O;
  /** What it may fail with beside `commonErrors`. */
  readonly errors: readonly ErrorCode[];
}

/** One message that the services send on their own account. */
export interface Event<P extends z.ZodType = z.ZodType> {
  readonly kind: 'event';
  readonly payload: P;
}

/** `contract[group][verb]`; the channel of an entry is `group.verb`. */
export type Contract = Readonly<Record<string, Readonly<Record<string, Call | Event>>>>;

export function call<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  errors: readonly ErrorCode[] = [],
): Call<I, O> {
  return { kind: 'call', input, output, errors };
}

export function event<P extends z.ZodType>(payload: P): Event<P> {
  return { kind: 'event', payload };
}

type CallsOf<G> = { [V in keyof G as G[V] extends Call ? V : never]: G[V] };
type EventsOf<G> = { [V in keyof G as G[V] extends Event ? V : never]: G[V] };

/** What a handler gets (parsed) and must give back (parsed again before it leaves). */
export type Handlers<C extends Contract> = {
  readonly [G in keyof C]: {
    readonly [V in keyof CallsOf<C[G]>]: C[G][V] extends Call<infer I, infer O>
      ? (input: z.output<I>) => Promise<z.input<O>> | z.input<O>
      : never;
  };
};

/** What one handler gets, parsed. */
export type CallInput<C extends Contract, G extends keyof C, V extends keyof C[G]> =
  C[G][V] extends Call<infer I> ? z.output<I> : never;

/** The same table as the renderer sees it: a call that takes nothing may be called with nothing. */
export type Client<C extends Contract> = {
  readonly [G in keyof C]: {
    readonly [V in keyof CallsOf<C[G]>]: C[G][V] extends Call<infer I, infer O>
      ? undefined extends z.input<I>
        ? () => Promise<z.output<O>>
        : (input: z.input<I>) => Promise<z.output<O>>
      : never;
  };
};

/** Channel name of every event with its payload: `{ 'profile.changed': {...} }`. */
export type EventMap<C extends Contract> = {
  [K in { [G in keyof C & string]: `${G}.${keyof EventsOf<C[G]> & string}` }[keyof C & string]]: PayloadAt<C, K>;
};

type PayloadAt<C extends Contract, K extends string> = K extends `${infer G}.${infer V}`
  ? C[G][V] extends Event<infer P>
    ? z.output<P>
    : never
  : never;
