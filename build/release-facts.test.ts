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

it('R2 a package has the client IDs that it was given', () => {
  const clientIds = { 'https://github.com': 'Ov23li0', 'https://id.example.org/realms/staff': 'desk' };
  expect(releaseFacts(builtOn, 'https://example.org/', JSON.stringify(clientIds))).toMatchObject({ clientIds });
  expect(releaseFacts(builtOn, 'https://example.org/', '')).not.toHaveProperty('clientIds');
});

it.each([
  '{',
  '{"http://github.com":"a"}',
  '{"https://github.com/":"a"}',
  '{"https://github.com":""}',
  '{"github.com":"a"}',
])('R2 packing stops at what can be no list of them: %s', (text) =>
  expect(() => releaseFacts(builtOn, 'https://example.org/', text)).toThrow(/.+/),
);
