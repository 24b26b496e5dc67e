import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTokenKeeper } from '../../electron/services/accounts/token-keeper.ts';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import { createReferenceProvider } from '../../electron/services/provider/reference/create-reference-provider.ts';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import { serveLossyProxy, type LossyProxy } from './lossy-proxy.ts';

const isFull = process.env['FULL'] === '1';
const clock = createSystemClock();
// The renewals are what it is about, not how fast a busy machine answers.
const provider = createReferenceProvider({ clock, version: '1.0.0', transport: { deadlineMs: 120_000 } });
const parallel = 50;

let server: TestServer;
let proxy: LossyProxy;
beforeAll(async () => {
  server = await startTestServer(undefined, 10_000_000);
  proxy = await serveLossyProxy(server.address);
});
afterAll(async () => {
  await proxy.close();
  await server.close();
});

interface Run {
  readonly account: ProviderAccount;
  renewals: number;
}

async function signIn(): Promise<Run> {
  const step = await provider.signIn(proxy.address, server);
  if (step.next !== 'done') throw new Error('a code was asked for');
  const run = { renewals: 0 };
  const tokens = createTokenKeeper({
    tokens: step.tokens,
    clock,
    save: () => new Promise((resolve) => setImmediate(resolve)),
    refresh: (refreshToken, attempt) => {
      run.renewals += 1;
      return provider.refresh(proxy.address, refreshToken, attempt);
    },
  });
  return Object.assign(run, { account: provider.open(proxy.address, tokens) });
}

/** Lets the access token expire and sends many requests at once; a sign-out would fail them all. */
async function expireAndAsk({ account }: Run): Promise<void> {
  server.pass(601);
  await Promise.all(Array.from({ length: parallel }, () => account.mfaStatus()));
}

/** A session lives 48 hours at most, so many rounds need several. */
const roundsPerSession = 200;

describe('D2 · one renewal, however many requests were refused', () => {
  const sessions = isFull ? 5 : 1;
  const rounds = isFull ? roundsPerSession : 20;
  it(`${parallel} refused requests × ${sessions * rounds} make one renewal each and no sign-out`, async () => {
    for (let session = 0; session < sessions; session += 1) {
      const run = await signIn();
      for (let round = 1; round <= rounds; round += 1) {
        await expireAndAsk(run);
        expect(run.renewals).toBe(round);
      }
    }
  }, 600_000);

  it('a lost reply of the renewal costs nothing: the same exchange is repeated', async () => {
    const run = await signIn();
    for (let round = 1; round <= (isFull ? 100 : 5); round += 1) {
      proxy.loseNextReplyTo('POST /auth/refresh');
      await expireAndAsk(run);
      expect(run.renewals).toBe(round);
      expect(proxy.lost()).toBe(round);
    }
  }, 600_000);
});
