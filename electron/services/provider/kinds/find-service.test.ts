import { describe, expect, it } from 'vitest';
import type { ProviderKind } from '../../../../shared/contract/account/accounts.ts';
import { AppError, type ErrorCode } from '../../../../shared/contract/errors.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { findService } from './find-service.ts';
import type { Description, Provider } from '../provider.ts';

const address = 'https://profile.example';

const refuse = (): never => {
  throw new Error('not part of this test');
};
const as = (kind: ProviderKind, describeService: () => Promise<Description>): Provider => ({
  kind,
  describesApi: true,
  describe: describeService,
  refresh: refuse,
  open: refuse,
});
const knows = async (): Promise<Description> => ({
  address,
  name: 'Example',
  version: '1.2.3',
  ways: ['browser'],
  identityProviders: [],
});
const fails = (code: ErrorCode) => () => Promise.reject(new AppError(code));
const hangs = () => new Promise<never>(() => undefined);

describe('R2 findService', () => {
  it('takes the first that knows the address, whatever the others say or do not', async () => {
    const clock = createManualClock();
    for (const other of [fails('untrusted-answer'), hangs]) {
      const found = await findService([as('reference', other), as('keycloak', knows)], address, clock);
      expect(found).toMatchObject({ kind: 'keycloak', name: 'Example', version: '1.2.3' });
    }
  });

  it('says what the first one found where nobody knows it', async () => {
    const providers = [as('reference', fails('offline')), as('keycloak', fails('untrusted-answer'))];
    await expect(findService(providers, address, createManualClock())).rejects.toMatchObject({ code: 'offline' });
  });

  it('says what stands in the way of the one that recognises its own service there', async () => {
    for (const reason of ['issuer-differs', 'too-old'] as const) {
      const recognises = () => Promise.reject(new AppError('untrusted-answer', { reason }));
      const providers = [as('reference', fails('untrusted-answer')), as('keycloak', recognises)];
      await expect(findService(providers, address, createManualClock())).rejects.toMatchObject({ details: { reason } });
    }
  });

  it('gives up after five seconds', async () => {
    const clock = createManualClock();
    const finding = findService([as('reference', hangs), as('keycloak', fails('offline'))], address, clock);
    const ending = expect(finding).rejects.toMatchObject({ code: 'offline', details: { reason: 'timed-out' } });
    await clock.advance(5_000);
    await ending;
  });
});
