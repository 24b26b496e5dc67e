import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { HandOffClaim } from '../../provider/account-hand-off.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { watchPage } from './watch-page.ts';

function setUp() {
  const clock = createManualClock();
  let come: (claim: HandOffClaim) => void = () => undefined;
  const claim = new Promise<HandOffClaim>((resolve) => (come = resolve));
  const at = { hasChanged: async () => false, isClosed: false };
  const page = { claim, close: () => void (at.isClosed = true) };
  const watch = watchPage({ page, hasChanged: () => at.hasChanged(), clock });
  return { at, clock, watch, come: (each: HandOffClaim) => come(each) };
}

describe('R1 the end of a hand-off', () => {
  it('is looked up after a quarter of an hour, whoever forgot to say so', async () => {
    const { at, clock, watch } = setUp();
    at.hasChanged = async () => true;
    await clock.advance(900_000);
    expect(await watch.outcome).toBe('done');
    expect(at.isClosed).toBe(true);
  });

  it('is unknown by then where nothing changed', async () => {
    const { clock, watch } = setUp();
    await clock.advance(900_000);
    expect(await watch.outcome).toBe('unknown');
  });

  it('is unknown where the service cannot be asked, and the person who asks is told why', async () => {
    const { at, come, watch } = setUp();
    at.hasChanged = () => Promise.reject(new AppError('offline'));
    await expect(watch.check()).rejects.toMatchObject({ code: 'offline' });
    come('done');
    expect(await watch.outcome).toBe('unknown');
  });

  it('is a conflict where the page was somebody else’s, unless it is done all the same', async () => {
    const another = { code: 'conflict', details: { reason: 'another-person' } };
    const first = setUp();
    first.come('another-person');
    await expect(first.watch.outcome).rejects.toMatchObject(another);
    const second = setUp();
    second.at.hasChanged = async () => true;
    second.come('another-person');
    expect(await second.watch.outcome).toBe('done');
  });

  it('is the first of those that were told', async () => {
    const { at, come, watch } = setUp();
    watch.end('cancelled');
    at.hasChanged = async () => true;
    come('done');
    expect(await watch.outcome).toBe('cancelled');
  });
});
