import { defineConfig, devices } from '@playwright/test';
import { chromiumLaunchOptions } from './tests/support/chromium.ts';

const use = { ...devices['Desktop Chrome'], launchOptions: chromiumLaunchOptions() };

/** `screens`: every state of the screens over fake services. `browser` and `electron`: the whole app in its two shells. */
export default defineConfig({
  testDir: 'tests',
  workers: 2,
  fullyParallel: true,
  // Speed is measured in tests/bench: on a slow or busy machine a test takes longer and proves the same.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  projects: [
    { name: 'screens', testDir: 'tests/screens', use },
    { name: 'browser', testDir: 'tests/e2e/browser', use },
    { name: 'electron', testDir: 'tests/e2e/electron', workers: 1 },
  ],
});
