import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { LaunchOptions } from '@playwright/test';

/** The same engine without a window: it starts and draws in less than half of the CPU time. */
const headlessShells = ['chromium-headless-shell', 'chrome-headless-shell'];
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

interface Wish {
  /** The browser that people have, where the test is about more than its engine. */
  readonly whole?: boolean;
}

/**
 * The system's Chromium: CHROMIUM_PATH, else the first on the PATH, its headless shell before the whole browser.
 * Without one Playwright looks for its own.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env, { whole = false }: Wish = {}) {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  const names = whole ? browsers : [...headlessShells, ...browsers];
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [environment['CHROMIUM_PATH'], ...onPath].find((path) => path !== undefined && isExecutable(path));
}

export function chromiumLaunchOptions(wish: Wish = {}): LaunchOptions {
  const executablePath = findChromium(process.env, wish);
  return {
    ...(executablePath && { executablePath }),
    // Chromium refuses to run its sandbox as root.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
