import { describe, expect, it } from 'vitest';
import { explainStatus } from './refusal.ts';

describe('X6 · what a status means where the provider says nothing better', () => {
  it.each([
    [400, 'invalid-request'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not-offered'],
    [405, 'not-offered'],
    [407, 'offline'],
    [408, 'offline'],
    [409, 'conflict'],
    [410, 'not-found'],
    [412, 'conflict'],
    [418, 'invalid-request'],
    [422, 'invalid-request'],
    [428, 'conflict'],
    [429, 'rate-limited'],
    [500, 'server-fault'],
    [501, 'not-offered'],
    [503, 'server-fault'],
    [511, 'offline'],
    [599, 'server-fault'],
  ])('%i is %s', (status, code) => {
    expect(explainStatus({ status, body: undefined, retryAfter: undefined }).code).toBe(code);
  });

  it('a server that asks for patience gets at most a minute', () => {
    expect(explainStatus({ status: 503, body: undefined, retryAfter: 5 })).toEqual({
      code: 'server-fault',
      reason: 'service-busy',
      retryAfter: 5,
    });
    expect(explainStatus({ status: 429, body: undefined, retryAfter: Infinity })).toEqual({
      code: 'rate-limited',
      retryAfter: 60,
    });
  });
});
