import { describe, expect, it } from 'vitest';
import type { Session } from '../../../../shared/contract/account/sessions.ts';
import { sampleSessions } from '../../../testing/sample-sessions.ts';
import { sortSessions, type SortKey } from './session-order.ts';

const [, base] = sampleSessions(1, { news: 0 }) as [Session, Session];

function session(id: string, changes: Partial<Session>): Session {
  return { ...base, id, ...changes };
}

function order(sessions: readonly Session[], by: SortKey, isReversed = false): string {
  return sortSessions(sessions, { by, isReversed })
    .map(({ id }) => id)
    .join(' ');
}

describe('E9 order of sessions', () => {
  const times = ['2026-03-01T09:00:00Z', '2026-03-01T09:00:00.500Z', '2026-02-28T23:00:00Z', null];
  const active = times.map((lastModifiedAt, index) => session(String(index), { lastModifiedAt }));
  const created = times.map((createdAt, index) => session(String(index), { createdAt }));

  it('has the last active first, to the millisecond, and unknown ones last in both directions', () => {
    expect(order(active, 'active')).toBe('1 0 2 3');
    expect(order(active, 'active', true)).toBe('2 0 1 3');
    expect(order(created, 'created')).toBe('1 0 2 3');
  });

  it('reads addresses and versions by their numbers', () => {
    const addresses = ['198.51.100.10', '198.51.100.9', null, '2001:db8::1'].map((ipAddress, index) =>
      session(String(index), { ipAddress }),
    );
    expect(order(addresses, 'ip')).toBe('1 0 3 2');
    const browsers = [
      ['Chrome', '100'],
      ['chrome', '99'],
      ['Arc', '1'],
      [null, null],
    ].map(([name = null, version = null], index) => session(String(index), { browser: { name, version } }));
    expect(order(browsers, 'browser')).toBe('2 1 0 3');
    expect(order(browsers, 'browser', true)).toBe('0 1 2 3');
  });

  it('keeps what is equal as it came', () => {
    const same = ['b', 'a', 'c'].map((id) => session(id, { os: { name: 'Linux', version: null } }));
    expect(order(same, 'os')).toBe('b a c');
    expect(order(same, 'os', true)).toBe('b a c');
  });

  it('X4 puts new ones first, whatever the order', () => {
    const sessions = active.map((each) => ({ ...each, isNew: each.id === '2' }));
    expect(order(sessions, 'active')).toBe('2 1 0 3');
    expect(order(sessions, 'active', true)).toBe('2 0 1 3');
  });
});
