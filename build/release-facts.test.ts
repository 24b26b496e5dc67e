import { expect, it } from 'vitest';
import { releaseFacts } from './release-facts.ts';

const builtOn = '2026-01-05';

it.each([
  ['https://profile-desk.example/', null],
  ['https://example/', null],
  ['https://example.org/', 'https://example.org/'],
  ['https://not-an-example.org/.example', 'https://not-an-example.org/.example'],
])('D6 with %s as its homepage a copy sends people to %s for newer versions', (homepage, newVersionsAt) => {
  expect(releaseFacts(builtOn, homepage)).toEqual({ builtOn, newVersionsAt });
});

it('D6 a build from source tells no age', () => {
  expect(releaseFacts(undefined, 'https://example.org/')).toBeNull();
});
