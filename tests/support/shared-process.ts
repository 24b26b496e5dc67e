import { afterAll, expect, vi } from 'vitest';

// Files of tests share a process: one that left its clock or its environment behind would break another one, somewhere
// else and only in some order. It fails in its own file instead.

const environment = { ...process.env };

afterAll(() => {
  expect(vi.isFakeTimers(), 'the clock is real again').toBe(false);
  expect({ ...process.env }, 'the environment is as it was').toEqual(environment);
});
