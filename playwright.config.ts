import { defineConfig, devices, type LaunchOptions } from '@playwright/test';
import type { AppKind } from './tests/e2e/electron/where.ts';
import { chromiumLaunchOptions } from './tests/support/chromium.ts';
import { keepCompiledCode } from './tests/support/compile-cache.ts';

keepCompiledCode();

const { args = [], ...browser } = chromiumLaunchOptions();
// A page of a test is over before faster code has paid for being made: an eighth of all CPU time.
const launchOptions: LaunchOptions = { ...browser, args: [...args, '--js-flags=--no-maglev --no-opt'] };

/** Milliseconds for what is waited for: a press of what does not come any more has to end too. */
const patience = 150_000;

const use = {
  ...devices['Desktop Chrome'],
  launchOptions,
  // Each state as it stays; how it comes about is seen by the next.
  contextOptions: { reducedMotion: 'reduce' },
} as const;

/**
 * `screens`: every state of the screens over fake services. `browser` and `electron`: the whole app in its two shells.
 * `packed`: as people get it. The last two say why where they are skipped.
 */
export default defineConfig<object, { kind: AppKind }>({
  testDir: 'tests',
  // By itself, because it is emptied before each run: reports and pictures stay.
  outputDir: 'test-results/playwright',
  // Unit tests of the suites' own parts are Vitest's.
  testMatch: '**/*.spec.ts',
  // A test waits for frames and answers, and browsers push each other out of the caches: on two cores the screens need
  // 258 s with two of them, 248 s with three, and 296 s (and a fifth more of CPU time) with four.
  workers: 3,
  fullyParallel: true,
  // Speed is measured in tests/bench: on a slow or busy machine a test takes longer and proves the same.
  timeout: 900_000,
  expect: { timeout: patience },
  use: { actionTimeout: patience },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  projects: [
    { name: 'screens', testDir: 'tests/screens', use },
    { name: 'browser', testDir: 'tests/e2e/browser', use },
    { name: 'electron', testDir: 'tests/e2e/electron', workers: 1, use: { kind: 'source' } },
    { name: 'packed', testDir: 'tests/e2e/electron', workers: 1, use: { kind: 'packed' } },
  ],
});
