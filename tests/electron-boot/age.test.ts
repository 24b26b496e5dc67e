import { afterEach, describe, expect, it, vi } from 'vitest';
import { bootApp } from './boot-app.ts';
import { buildApp } from './build-app.ts';

afterEach(() => void vi.unstubAllEnvs());

/** What an app that was built with this day in it tells its page, and a person who asks the menu. */
async function tellOfBuild(builtOn: string | undefined): Promise<{ age: unknown; about: unknown }> {
  vi.stubEnv('PROFILE_DESK_BUILD_DATE', builtOn);
  await using booted = bootApp(await buildApp(), { isPackaged: true });
  await booted.waitFor('window.show');
  const reply = await booted.does.request('app.snapshot');
  const about = (await booted.waitFor('app.setAboutPanelOptions')).detail;
  return { age: (reply as { value: { age: unknown } }).value.age, about };
}

describe('D6 the age of a packaged app', () => {
  it('is told by the day of its build, and no placeholder as the place of newer ones', async () => {
    const old = daysAgo(10 * 7 + 1);
    expect(await tellOfBuild(old)).toEqual({
      age: { weeks: 10, newVersionsAt: null },
      about: {
        applicationName: 'Profile Desk',
        applicationVersion: '9.8.7',
        copyright: expect.stringMatching(new RegExp(`^Built on ${old}, Electron`)) as string,
      },
    });
    expect((await tellOfBuild(daysAgo(3))).age).toBeNull();
  });

  it('is not told by a build from source', async () => {
    const { age, about } = await tellOfBuild(undefined);
    expect(age).toBeNull();
    expect(about).toMatchObject({ copyright: expect.stringContaining('Built from source') as string });
  });
});

it('X13 the menus of the shell are in the language that the system prefers', async () => {
  await using booted = bootApp(await buildApp(), { languages: 'nb-NO eo en' });
  const { detail } = await booted.waitFor('app.setAboutPanelOptions');
  expect(detail).toMatchObject({ copyright: expect.stringMatching(/^El fontoj, Electron/) as string });
});

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 24 * 60 * 60 * 1_000).toISOString().slice(0, 10);
}
