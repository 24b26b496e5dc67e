import { afterEach, describe, expect, it, vi } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { bootApp } from './boot-app.ts';
import { buildApp } from './build-app.ts';

afterEach(() => void vi.unstubAllEnvs());

/** What the page is told by an app that was built with this day in it. */
async function ageOfBuild(builtOn: string | undefined): Promise<unknown> {
  vi.stubEnv('PROFILE_DESK_BUILD_DATE', builtOn);
  const { folder, remove } = await buildApp();
  try {
    await using booted = bootApp(folder, { isPackaged: true });
    await booted.waitFor('window.show');
    const reply = await booted.does.request('app.snapshot');
    return (reply as { value: { age: unknown } }).value.age;
  } finally {
    remove();
  }
}

describe('D6 the age of a packaged app', () => {
  it('is told by the day of its build, with where newer ones are', async () => {
    expect(await ageOfBuild(daysAgo(10 * 7 + 1))).toEqual({ weeks: 10, newVersionsAt: packageJson.homepage });
    expect(await ageOfBuild(daysAgo(3))).toBeNull();
  });

  it('is not told by a build from source', async () => {
    expect(await ageOfBuild(undefined)).toBeNull();
  });
});

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 24 * 60 * 60 * 1_000).toISOString().slice(0, 10);
}
