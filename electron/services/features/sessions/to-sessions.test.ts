import { describe, expect, it } from 'vitest';
import { sessionSchema } from '../../../../shared/contract/account/sessions.ts';
import type { SessionFacts } from '../../provider/account-sessions.ts';
import { makeSessionFacts } from '../../testing/make-session-facts.ts';
import { parseUserAgent } from './agent/parse-user-agent.ts';
import type { SessionsState } from './sessions-state.ts';
import { toSessions } from './to-sessions.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const agents = new Map([[firefox, parseUserAgent(firefox)]]);

function show(facts: readonly SessionFacts[], notes: Partial<SessionsState> = {}) {
  const list = { source: 'provider', takenAt: '2026-01-01T00:00:00.000Z', facts } as const;
  return toSessions({ list, names: new Map(), seen: new Set(), ...notes }, agents);
}

describe('E8 what a session shows', () => {
  it('says unknown to everything that nobody tells', () => {
    const [session] = show([makeSessionFacts('a')]);
    expect(sessionSchema.parse(session)).toEqual({
      id: 'a',
      isCurrent: false,
      ownName: null,
      programs: [],
      browser: { name: null, version: null },
      os: { name: null, version: null },
      device: { vendor: null, model: null, type: null },
      engine: { name: null, version: null },
      cpu: null,
      userAgent: null,
      ipAddress: null,
      createdAt: null,
      lastModifiedAt: null,
      lastAuthenticatedAt: null,
      expiresAt: null,
      isNew: true,
    });
  });

  it('reads the User-Agent, and takes the provider’s word before it', () => {
    const reported = { ...parseUserAgent(''), browser: { name: 'LibreWolf', version: null }, cpu: 'arm64' };
    const [read, overruled] = show([
      makeSessionFacts('a', { userAgent: firefox }),
      makeSessionFacts('b', { userAgent: firefox, reported }),
    ]);
    expect(read).toMatchObject({ browser: { name: 'Firefox', version: '140.0' }, os: { name: 'Linux' }, cpu: 'amd64' });
    expect(overruled).toMatchObject({
      browser: { name: 'LibreWolf', version: null },
      os: { name: 'Linux' },
      cpu: 'arm64',
    });
  });
});

describe('E8 the User-Agent itself', () => {
  it('is shown beside what was read from it, also of an app that nobody knows', () => {
    const [read, unreadable, untold] = show([
      makeSessionFacts('a', { userAgent: firefox }),
      makeSessionFacts('b', { userAgent: '?? own tool' }),
      makeSessionFacts('c'),
    ]);
    expect([read, unreadable, untold].map((session) => session?.userAgent)).toEqual([firefox, '?? own tool', null]);
    expect(unreadable).toMatchObject({ browser: { name: null }, os: { name: null } });
  });

  it.each([
    ['turns nothing round', 'Safari\u202e/0.5\u2066 x\u200f', 'Safari /0.5 x'],
    ['breaks no line and rings no bell', 'a\r\nb\u0007\u001b[31mc\u2028d', 'a b [31mc d'],
    ['hides nothing', 'a\u200b\u{e0041}\ufeffb', 'a b'],
    ['has nothing to show', '\u202e\u0000 \u200b', null],
    ['is as long as it may be', 'x'.repeat(1_000), 'x'.repeat(1_000)],
  ])('%s', (_what, userAgent, shown) => {
    const [session] = show([makeSessionFacts('a', { userAgent })]);
    expect(sessionSchema.parse(session).userAgent).toBe(shown);
  });
});

describe('E9 the order of sessions', () => {
  it('is the current one, then the newest, then those of unknown age; equals by id', () => {
    const at = (day: number) => ({ createdAt: `2026-01-0${String(day)}T00:00:00.000Z` });
    const facts = [
      makeSessionFacts('unknown'),
      makeSessionFacts('old', at(1)),
      makeSessionFacts('b', at(3)),
      makeSessionFacts('current', { ...at(2), isCurrent: true }),
      makeSessionFacts('a', at(3)),
    ];
    expect(show(facts).map(({ id }) => id)).toEqual(['current', 'a', 'b', 'old', 'unknown']);
    expect(show(facts.toReversed()).map(({ id }) => id)).toEqual(['current', 'a', 'b', 'old', 'unknown']);
  });
});

describe('X4 X10 what this computer adds', () => {
  it('is the own name, and whether it was seen; the current one is never new', () => {
    const facts = [makeSessionFacts('here', { isCurrent: true }), makeSessionFacts('seen'), makeSessionFacts('fresh')];
    const sessions = show(facts, { names: new Map([['seen', 'Tablet']]), seen: new Set(['seen']) });
    expect(sessions.map(({ id, ownName, isNew }) => [id, ownName, isNew])).toEqual([
      ['here', null, false],
      ['fresh', null, true],
      ['seen', 'Tablet', false],
    ]);
  });
});
