import { defineConfig, devices } from '@playwright/test';
import { chromiumLaunchOptions } from './tests/support/chromium.ts';

const use = { ...devices['Desktop Chrome'], launchOptions: chromiumLaunchOptions() };

/** `screens`: every state of the screens over fake services. `browser` and `electron`: the whole app in its two shells. */
export default defineConfig({
  testDir: 'tests',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  projects: [
    { name: 'screens', testDir: 'tests/screens', use },
    { name: 'browser', testDir: 'tests/e2e/browser', use },
    { name: 'electron', testDir: 'tests/e2e/electron', workers: 1 },
  ],
});
