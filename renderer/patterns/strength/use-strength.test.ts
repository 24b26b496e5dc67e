import { effectScope, nextTick, shallowRef } from 'vue';
import { describe, expect, it } from 'vitest';
import type { StrengthAnswer, StrengthQuestion } from './strength.ts';
import { useStrength, type StrengthWorker } from './use-strength.ts';

/** A worker that answers when the test wants it to. */
class ManualWorker implements StrengthWorker {
  onmessage: StrengthWorker['onmessage'] = null;
  onerror: StrengthWorker['onerror'] = null;
  readonly asked: StrengthQuestion[] = [];
  isRunning = true;

  postMessage(question: StrengthQuestion): void {
    this.asked.push(question);
  }

  terminate(): void {
    this.isRunning = false;
  }

  answer(score: StrengthAnswer['score']): void {
    this.onmessage?.(new MessageEvent('message', { data: { score, crackTime: '3 hours', advice: [] } }));
  }
}

function setUp() {
  const workers: ManualWorker[] = [];
  const password = shallowRef('');
  const scope = effectScope();
  const start = () => {
    const worker = new ManualWorker();
    workers.push(worker);
    return worker;
  };
  const strength = scope.run(() =>
    useStrength(
      () => password.value,
      () => ['Mara'],
      start,
    ),
  )!;
  const type = async (typed: string) => {
    password.value = typed;
    await nextTick();
  };
  return { workers, scope, strength, type };
}

describe('W9 the strength of a password', () => {
  it('starts the worker with the first character, and one only', async () => {
    const { workers, strength, type } = setUp();
    expect([workers.length, strength.value.kind]).toEqual([0, 'none']);
    await type('a');
    expect(strength.value.kind).toBe('judging');
    expect(workers[0]?.asked).toEqual([{ password: 'a', personal: ['Mara'] }]);
    workers[0]?.answer(0);
    await type('ab');
    expect(workers).toHaveLength(1);
    expect(strength.value).toMatchObject({ kind: 'judged', score: 0 });
  });

  it('judges the newest and skips those typed meanwhile', async () => {
    const { workers, strength, type } = setUp();
    await type('a');
    await type('ab');
    await type('abc');
    workers[0]?.answer(0);
    expect(strength.value.kind).toBe('judging');
    expect(workers[0]?.asked.map(({ password }) => password)).toEqual(['a', 'abc']);
    workers[0]?.answer(1);
    expect(strength.value).toMatchObject({ kind: 'judged', score: 1 });
  });

  it('shows nothing for an empty field, whatever is still being judged', async () => {
    const { workers, strength, type } = setUp();
    await type('a');
    await type('');
    workers[0]?.answer(4);
    expect(strength.value.kind).toBe('none');
  });

  it('says that it cannot be judged where no worker runs', async () => {
    const { workers, strength, type } = setUp();
    await type('a');
    workers[0]?.onerror?.(new ErrorEvent('error'));
    expect(strength.value.kind).toBe('unknown');
    await type('');
    expect(strength.value.kind).toBe('none');
    await type('b');
    expect(strength.value.kind).toBe('unknown');
  });

  it('ends the worker with the dialog', async () => {
    const { workers, scope, type } = setUp();
    await type('a');
    scope.stop();
    expect(workers[0]?.isRunning).toBe(false);
  });
});
