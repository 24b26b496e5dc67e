import { describe, expect, it } from 'vitest';
import { createPortableSettings } from './portable-settings.ts';

/** What a setting of a file meets where these were chosen. */
async function meet(chosen: Record<string, unknown>, name: string, value: unknown) {
  const part = createPortableSettings({ read: () => chosen, write: () => undefined });
  const { of } = await part.compare('app');
  return of(part.schema.parse({ name, value }));
}

describe('X14 a setting of a file', () => {
  it.each([
    ['takeKeysBackOnLock', false],
    ['activityLimit', 0],
    ['activityLimit', 1_000],
  ])('that would protect less than the default here is a question: %s %s', async (name, value) => {
    expect(await meet({}, name, value)).toMatchObject({ kind: 'conflict', what: name, isWeaker: true });
  });

  it.each([
    ['lockAfterMinutes', 5, 15],
    ['lockAfterMinutes', 60, null],
    ['notifyOfNew', true, false],
  ])('that would protect less than what was chosen here says so: %s %s %s', async (name, mine, theirs) => {
    const texts = { mine: String(mine), theirs: String(theirs) };
    expect(await meet({ [name]: mine }, name, theirs)).toMatchObject({ kind: 'conflict', ...texts, isWeaker: true });
  });

  it.each([
    ['theme', 'dark'],
    ['lockAfterMinutes', 5],
    ['notifyOfNew', true],
    ['activityLimit', 100_000],
  ])('that protects as much is new where nobody chose it: %s %s', async (name, value) => {
    expect(await meet({}, name, value)).toEqual({ kind: 'fresh' });
  });

  it('that protects more differs like any other', async () => {
    expect(await meet({ lockAfterMinutes: 60 }, 'lockAfterMinutes', 5)).toMatchObject({ isWeaker: false });
  });
});
