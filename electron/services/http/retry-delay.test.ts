import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { retryDelay } from './retry-delay.ts';

describe('D2 · whether another try is of use', () => {
  it.each(['rate-limited', 'server-fault'] as const)('after the time that the service named: %s', (code) => {
    const delay = retryDelay(new AppError(code, { retryAfter: 3 }), 0);
    expect(delay).toBeGreaterThanOrEqual(3_000);
  });

  it('not while a person has to act first', () => {
    expect(retryDelay(new AppError('server-fault', { reason: 'provider-storage-full' }), 0)).toBeUndefined();
    expect(retryDelay(new AppError('rate-limited', { reason: 'locked-out', retryAfter: 3 }), 0)).toBeUndefined();
  });

  it('not at once where too many were sent, nor for what another try cannot change', () => {
    for (const error of [new AppError('rate-limited'), new AppError('forbidden'), new Error('other')])
      expect(retryDelay(error, 0)).toBeUndefined();
  });
});
