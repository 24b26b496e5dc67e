import { expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { AppService } from './app.service.ts';

it('D5 survives a data folder that cannot be read when its state is to be told, and logs it', async () => {
  const fault = new AppError('storage-fault');
  let change: () => void = () => undefined;
  const storage: Pick<SealedStorage, 'status' | 'notices' | 'onChange'> = {
    status: () => Promise.reject(fault),
    notices: () => [],
    onChange: (listener) => {
      change = listener;
      return () => undefined;
    },
  };
  const logged: unknown[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (_what: string, cause: unknown) => void logged.push(cause),
  };
  new AppService({
    ports: { shell: 'browser', version: '1.0.0', embedded: undefined, clock: createManualClock(), log },
    storage: storage as SealedStorage,
    emit: () => undefined,
    lock: () => Promise.resolve(),
  });
  change();
  await expect.poll(() => logged).toEqual([fault]);
});

it('D2 writes faults of the page into the log, the first ones of a run', () => {
  const logged: unknown[] = [];
  const log = { info: () => undefined, error: () => undefined, warn: (...line: unknown[]) => void logged.push(line) };
  const { handlers } = new AppService({
    ports: { shell: 'browser', version: '1.0.0', embedded: undefined, clock: createManualClock(), log },
    storage: { onChange: () => () => undefined } as unknown as SealedStorage,
    emit: () => undefined,
    lock: () => Promise.resolve(),
  });
  for (let n = 0; n < 60; n += 1)
    void handlers.reportFault({ name: 'TypeError', frames: ['save (a.js:1:2)', 'b.js:3:4'] });
  expect(logged[0]).toEqual(['the page failed', { name: 'TypeError', at: 'save (a.js:1:2) < b.js:3:4' }]);
  expect(logged).toHaveLength(50);
});
