import { describe, expect, it } from 'vitest';
import { sampleSessions } from '../../../testing/sample-sessions.ts';
import { findSessions, indexSessions } from './find-sessions.ts';

const [, firefox, phone, pixel] = sampleSessions(3);
const sessions = [firefox, { ...phone, ownName: 'Máras Telefon 📱' }, pixel].map((session) => ({
  ...sampleSessions(0)[0]!,
  ...session,
}));
const index = indexSessions(sessions);

function find(text: string): string[] {
  return findSessions(sessions, index, text).map(({ id }) => id);
}

describe('E9 finding sessions', () => {
  it.each([
    ['app', 'firefox', ['s-0']],
    ['system, in any case', 'WINDOWS', ['s-0']],
    ['version', '17.5', ['s-1']],
    ['device', 'pixel 8', ['s-2']],
    ['address', '2001:db8', ['s-2']],
    ['part of an address', '198.51', ['s-0', 's-1']],
    ['own name, without its accents', 'maras telefon', ['s-1']],
    ['emoji', '📱', ['s-1']],
    ['words in any order', '11 fire', ['s-0']],
    ['what a row says', 'on android', ['s-2']],
    ['nothing like it', 'firefox ios', []],
    ['blanks are no words', '  ', ['s-0', 's-1', 's-2']],
  ])('X10 by %s', (_what, text, ids) => expect(find(text)).toEqual(ids));

  it('takes characters of patterns as they are', () => {
    expect(find('.*')).toEqual([]);
    expect(find('(')).toEqual([]);
  });
});
