import { effectScope } from 'vue';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { settle } from '../../testing/waiting.ts';
import { useHandOff } from './use-hand-off.ts';

function setUp() {
  const { services, app } = createTestHost();
  const scope = effectScope();
  const onDone = vi.fn<() => void>();
  const handOff = app.runWithContext(() => scope.run(() => useHandOff({ accountId: () => 'c1', onDone }))!);
  const asked = () => services.asked.map(({ channel }) => channel);
  return { services, scope, onDone, asked, ...handOff };
}

async function open(operation: 'password.change' | 'email.change' = 'password.change') {
  const all = setUp();
  const ending = all.begin(operation);
  await expect.poll(() => all.run.value?.attempt).toBeDefined();
  return { ...all, ending };
}

describe('R1 what a page of the service does', () => {
  it('is read again once it is done, and not before', async () => {
    const { services, run, ending, onDone } = await open();
    expect(onDone).not.toHaveBeenCalled();
    services.handOff.end('done');
    await ending;
    expect(run.value).toMatchObject({ operation: 'password.change', outcome: 'done' });
    expect(onDone).toHaveBeenCalledOnce();
  });

  it.each(['cancelled', 'not-shown', 'unknown'] as const)('ends as %s, and nothing is read', async (outcome) => {
    const { services, run, ending, onDone } = await open();
    services.handOff.end(outcome);
    await ending;
    expect(run.value?.outcome).toBe(outcome);
    expect(onDone).not.toHaveBeenCalled();
  });

  it('says why it could not begin, and why it ended', async () => {
    const { services, run, begin } = setUp();
    services.faults.set('handOff.begin', new AppError('untrusted-answer', { reason: 'page-elsewhere' }));
    await begin('mfa.removeDevice', 'd1');
    expect(run.value).toEqual({
      operation: 'mfa.removeDevice',
      of: 'd1',
      error: { code: 'untrusted-answer', reason: 'page-elsewhere' },
    });
    expect(services.asked.at(-1)?.input).toEqual({ accountId: 'c1', operation: 'mfa.removeDevice', of: 'd1' });
    services.faults.clear();
    const ending = begin('password.change');
    await expect.poll(() => run.value?.attempt).toBeDefined();
    services.handOff.end(new AppError('conflict', { reason: 'another-person' }));
    await ending;
    expect(run.value?.error?.reason).toBe('another-person');
  });

  it('says to who asks that nothing has changed yet, and not to who only comes back', async () => {
    const { services, asked, finding, check } = await open();
    window.dispatchEvent(new Event('focus'));
    await settle();
    expect([asked().at(-1), finding.value]).toEqual(['handOff.check', undefined]);
    await check();
    expect(finding.value).toBe('unchanged');
    services.faults.set('handOff.check', new AppError('offline'));
    await check();
    expect(finding.value).toEqual({ code: 'offline' });
    services.faults.set('handOff.check', new AppError('not-found'));
    await check();
    expect(finding.value, 'its end says how it went').toBeUndefined();
  });

  it('is opened again, with the address where no browser can be', async () => {
    const { services, run, openAgain } = await open();
    services.handOff.address = 'https://id.example.org/page';
    await openAgain();
    expect(run.value?.attempt?.address).toBe('https://id.example.org/page');
  });

  it.each(['close', 'leave'] as const)('%s calls it off without a word', async (end) => {
    const { asked, run, ending, scope, close, onDone } = await open();
    if (end === 'close') close();
    else scope.stop();
    await ending;
    expect([run.value, asked().includes('handOff.cancel')]).toEqual([undefined, true]);
    expect(onDone).not.toHaveBeenCalled();
  });

  it('is cancelled also if it opens only after it was called off', async () => {
    const { services, asked, begin, close } = setUp();
    let release = (): void => undefined;
    services.gates.set('handOff.begin', new Promise((resolve) => (release = resolve)));
    const ending = begin('password.change');
    close();
    release();
    await ending;
    await settle();
    expect(asked()).toEqual(['handOff.begin', 'handOff.cancel']);
  });
});
