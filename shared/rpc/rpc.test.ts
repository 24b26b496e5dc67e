import * as z from 'zod';
import { describe, expect, it, vi } from 'vitest';
import { AppError, type ErrorCode } from '../contract/errors.ts';
import { createClient } from './client.ts';
import { call, event, type Handlers } from './define.ts';
import { createDispatcher, createEmitter, UnlistedError } from './dispatcher.ts';
import { createInMemoryTransport } from './in-memory-transport.ts';

const contract = {
  notes: {
    read: call(z.undefined(), z.strictObject({ text: z.string() }), ['conflict']),
    write: call(
      z.strictObject({ text: z.string().min(1).max(5), tag: z.enum(['a', 'b']).optional() }),
      z.strictObject({ length: z.number() }),
    ),
    changed: event(z.strictObject({ text: z.string() })),
  },
};
type Notes = typeof contract;

function setUp(overrides: Partial<Handlers<Notes>['notes']> = {}) {
  const report = vi.fn<(channel: string, cause: unknown) => string>(() => 'ref-1');
  const handlers: Handlers<Notes> = {
    notes: { read: () => ({ text: 'kept' }), write: ({ text }) => ({ length: text.length }), ...overrides },
  };
  const dispatcher = createDispatcher(contract, handlers, {
    isTrusted: (sender: string) => sender === 'own window',
    report,
  });
  const transport = createInMemoryTransport(dispatcher, 'own window');
  return { report, dispatcher, transport, client: createClient<Notes>(transport) };
}

describe('D2 rpc: one table, checked at both ends', () => {
  it('carries a call from the client to its handler and back', async () => {
    const { client } = setUp();
    expect(await client.calls.notes.read()).toEqual({ text: 'kept' });
    expect(await client.calls.notes.write({ text: 'abc' })).toEqual({ length: 3 });
  });

  it('refuses a sender that is not trusted before anything else is looked at', async () => {
    const write = vi.fn(() => ({ length: 0 }));
    const { dispatcher } = setUp({ write });
    const reply = await dispatcher.dispatch('notes.write', { text: 'abc' }, 'foreign frame');
    expect(reply).toEqual({ ok: false, error: { code: 'forbidden' } });
    expect(write).not.toHaveBeenCalled();
  });

  it.each(['notes.erase', 'notes', '', 'notes.changed', '__proto__.toString', 'notes.__proto__', 'constructor.name'])(
    'refuses the channel %j, which is not a call of the table',
    async (channel) => {
      const { dispatcher } = setUp();
      const reply = await dispatcher.dispatch(channel, undefined, 'own window');
      expect(reply).toEqual({ ok: false, error: { code: 'invalid-request' } });
    },
  );

  it('rejects bad input with the error at its field and never calls the handler', async () => {
    const write = vi.fn(() => ({ length: 0 }));
    const { dispatcher } = setUp({ write });
    const fields = async (input: unknown) => {
      const reply = await dispatcher.dispatch('notes.write', input, 'own window');
      return reply.ok ? undefined : reply.error.fields;
    };
    expect(await fields({ text: '' })).toEqual({ text: { code: 'required' } });
    expect(await fields({ text: 'abcdef' })).toEqual({ text: { code: 'too-long' } });
    expect(await fields({ text: 7 })).toEqual({ text: { code: 'not-valid' } });
    expect(await fields({ text: 'abc', tag: 'c' })).toEqual({ tag: { code: 'not-valid' } });
    expect(await fields({ text: 'abc', extra: 1 })).toBeDefined();
    expect(await fields(undefined)).toBeDefined();
    expect(write).not.toHaveBeenCalled();
  });

  it('passes an AppError on whole, as an AppError', async () => {
    const { client } = setUp({
      read: () => {
        throw new AppError('rate-limited', { reason: 'locked-out', retryAfter: 30 }, new Error('the cause stays here'));
      },
    });
    const error = await client.calls.notes.read().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).toShape()).toEqual({ code: 'rate-limited', reason: 'locked-out', retryAfter: 30 });
  });

  it('reports an error that the contract does not list, and carries it all the same', async () => {
    const fail = (code: ErrorCode) => () => {
      throw new AppError(code);
    };
    const listed = setUp({ read: fail('conflict') });
    expect(await listed.dispatcher.dispatch('notes.read', undefined, 'own window')).toMatchObject({
      error: { code: 'conflict' },
    });
    const common = setUp({ read: fail('offline') });
    await common.dispatcher.dispatch('notes.read', undefined, 'own window');
    expect([listed.report, common.report].flatMap(({ mock }) => mock.calls)).toEqual([]);
    const unlisted = setUp({ read: fail('cancelled') });
    expect(await unlisted.dispatcher.dispatch('notes.read', undefined, 'own window')).toEqual({
      ok: false,
      error: { code: 'cancelled' },
    });
    expect(unlisted.report.mock.calls).toEqual([['notes.read', expect.any(UnlistedError)]]);
    expect(String(unlisted.report.mock.calls[0]?.[1])).toContain('notes.read ended with cancelled');
  });

  it('turns any other error into `internal` with a reference; its text stays in the report', async () => {
    const cause = new Error('token abc123 was wrong');
    const { dispatcher, report } = setUp({
      read: () => {
        throw cause;
      },
    });
    const reply = await dispatcher.dispatch('notes.read', undefined, 'own window');
    expect(reply).toEqual({ ok: false, error: { code: 'internal', reference: 'ref-1' } });
    expect(report).toHaveBeenCalledWith('notes.read', cause);
  });

  it('lets nothing out that the output schema does not know: one extra field fails', async () => {
    const leaky = { text: 'kept', refreshToken: 'secret' };
    const { dispatcher } = setUp({ read: () => leaky });
    const reply = await dispatcher.dispatch('notes.read', undefined, 'own window');
    expect(reply).toEqual({ ok: false, error: { code: 'internal', reference: 'ref-1' } });
  });

  it('clones what it carries, so neither side can change the other', async () => {
    const record = { text: 'kept' };
    const { client } = setUp({ read: () => record });
    const answer = await client.calls.notes.read();
    answer.text = 'changed';
    expect(record.text).toBe('kept');
  });

  it('refuses to start with a call that has no handler', () => {
    const handlers = { notes: { read: () => ({ text: '' }) } } as unknown as Handlers<Notes>;
    expect(() => createDispatcher(contract, handlers, { isTrusted: () => true, report: () => '' })).toThrow(
      'notes.write',
    );
  });
});

describe('D2 rpc: events', () => {
  it('reach each listener of their channel until it leaves', () => {
    const { transport, client } = setUp();
    const emit = createEmitter(contract, (message) => transport.send(message));
    const seen: string[] = [];
    const leave = client.on('notes.changed', ({ text }) => seen.push(text));
    emit('notes.changed', { text: 'one' });
    leave();
    emit('notes.changed', { text: 'two' });
    expect(seen).toEqual(['one']);
  });

  it('are checked before they leave', () => {
    const send = vi.fn();
    const emit = createEmitter(contract, send);
    expect(() => emit('notes.changed', { text: 'x', token: 'secret' } as { text: string })).toThrow();
    expect(() => emit('notes.read' as 'notes.changed', { text: 'x' })).toThrow('no such event');
    expect(send).not.toHaveBeenCalled();
  });
});

describe('D2 rpc: events', () => {
  it('cross once, however many listen, and no longer once nobody does', () => {
    const { transport } = setUp();
    const subscribe = vi.spyOn(transport, 'subscribe');
    const client = createClient<Notes>(transport);
    const heard: string[] = [];
    const leave = ['a', 'b', 'c'].map((name) => client.on('notes.changed', ({ text }) => void heard.push(name + text)));
    transport.send({ channel: 'notes.changed', payload: { text: '1' } });
    leave[1]?.();
    transport.send({ channel: 'notes.changed', payload: { text: '2' } });
    expect([heard, subscribe.mock.calls.length]).toEqual([['a1', 'b1', 'c1', 'a2', 'c2'], 1]);
    for (const each of leave) each();
    transport.send({ channel: 'notes.changed', payload: { text: '3' } });
    client.on('notes.changed', ({ text }) => void heard.push(text));
    transport.send({ channel: 'notes.changed', payload: { text: '4' } });
    expect([heard.slice(5), subscribe.mock.calls.length]).toEqual([['4'], 2]);
  });

  it('reach the others where one listener fails, whose fault is still told', () => {
    const { transport, client } = setUp();
    const heard: string[] = [];
    client.on('notes.changed', () => {
      throw new Error('of a listener');
    });
    client.on('notes.changed', ({ text }) => void heard.push(text));
    expect(() => transport.send({ channel: 'notes.changed', payload: { text: '1' } })).toThrow('of a listener');
    expect(heard).toEqual(['1']);
  });
});
