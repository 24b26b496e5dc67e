import '../../testing/load-all-texts.ts';
import { describe, expect, it } from 'vitest';
import { operations } from '../../../shared/contract/account/operations.ts';
import { activityActs, activityAreas } from '../../../shared/rules/activity-words.ts';
import type { ActivityChange } from '../../../shared/contract/activity.ts';
import { formatClock, formatExactTime } from '../../lib/formats.ts';
import { handOffLabel } from '../../patterns/hand-off/hand-off-labels.ts';
import { sampleAct, sampleChange } from '../../testing/sample-activity.ts';
import { byHint, entryFacts, entryTitle, findWords, subjectText } from './entry-text.ts';
import { toRows } from './to-rows.ts';

const change = (changes: Partial<ActivityChange>) => {
  const entry = sampleChange(changes);
  return [entryTitle(entry), entryFacts(entry).replaceAll(/[\u2068\u2069]/g, '')];
};
const whole = { field: null, from: null, to: null };

describe('X4 entries in words', () => {
  it.each<[Partial<ActivityChange>, string, string]>([
    [{}, 'City', 'Bremen → Hamburg'],
    [{ field: 'contact.country', from: 'DE', to: 'FR' }, 'Country', 'Germany → France'],
    [{ field: 'more.team', label: 'Team', from: '', to: 'Blue' }, 'Team', 'none → Blue'],
    [{ field: 'more.team', label: null }, 'team', 'Bremen → Hamburg'],
    [{ field: 'avatar.image', from: null, to: null }, 'Picture', 'Pictures are not saved here'],
    [{ field: 'notifications.quotaAlerts', from: 'true', to: 'false' }, 'Quota alerts', 'yes → no'],
    [
      { area: 'sessions', change: 'added', subject: 'Firefox', detail: 'Linux', ...whole },
      'New session',
      'Firefox · Linux',
    ],
    [{ area: 'sessions', change: 'added', ...whole }, 'New session', 'a session of an unknown device'],
    [
      { area: 'sshKeys', change: 'removed', subject: 'Laptop', detail: 'SHA256:abc', ...whole },
      'SSH key gone',
      'Laptop',
    ],
    [{ area: 'mfa', field: 'remaining', from: '10', to: '9' }, 'Recovery codes left', '10 → 9'],
    [{ from: 'x…', to: 'x…' }, 'City', 'Changed behind the part that is saved here'],
    [
      { area: 'emails', field: 'isVerified', subject: 'a@b.example', from: 'false', to: 'true' },
      'Address confirmed',
      'a@b.example · no → yes',
    ],
  ])('%j', (changes, title, facts) => expect(change(changes)).toEqual([title, facts]));

  it('has words for every act and for every area that can come or go', () => {
    const titles = activityActs.map((act) => entryTitle(sampleAct({ act })));
    expect(titles.filter((title) => title === '' || title.includes('activity.'))).toEqual([]);
    for (const area of activityAreas)
      for (const kind of ['added', 'removed', 'changed'] as const)
        expect(entryTitle(sampleChange({ area, change: kind, ...whole }))).not.toContain('activity.');
    expect(entryTitle(sampleAct({ act: 'sessions.close', count: 3 }))).toBe('Close 3 sessions');
    expect(subjectText(sampleAct({ act: 'handOff.open', subject: 'password.change' }))).toBe('Change the password');
  });

  it('has words for everything that is known to be done on a page of a service', () => {
    const ofPages = operations.filter((operation) => handOffLabel(operation) !== 'handOff.other');
    const words = ofPages.map((subject) => subjectText(sampleAct({ act: 'handOff.open', subject })));
    expect(words).toContain('Add a passkey');
    expect(words.filter((text) => /\w\.\w/.test(text))).toEqual([]);
  });

  it('says of an act that it was done here, of a change alone that it fits', () => {
    expect(byHint(sampleAct({}))).toContain('It was done with Profile Desk');
    expect(byHint(sampleChange({ by: 'you' }))).toContain('It fits what you did here');
    expect(byHint(sampleChange({ by: 'elsewhere' }))).toContain('It was not done here');
  });

  it('says of what can have been done on a page that it may be of the person, and when that was opened', () => {
    const hint = (pageOpenedAt?: string) =>
      byHint(sampleChange({ area: 'sshKeys', by: 'maybe-you', at: '2026-01-02T14:05:00.000Z', pageOpenedAt }));
    const openedAt = '2026-01-02T14:02:00.000Z';
    expect(hint(openedAt)).toContain(`may be yours: you opened the page for “SSH keys” at ${formatClock(openedAt)}`);
    const before = '2026-01-01T14:02:00.000Z';
    expect(hint(before)).toContain(`at ${formatExactTime(before)}`);
    expect(hint()).toContain('It may be yours');
  });

  it('finds by the words of the screen', () => {
    expect(findWords('two-step').matchingAreas).toEqual(['mfa']);
    expect(findWords('  Turn off ').matchingActs).toEqual(['mfa.turnOff']);
    expect(findWords('postal').matchingFields).toEqual(['contact.postalCode']);
    expect(findWords(' ')).toEqual({ matchingAreas: [], matchingActs: [], matchingFields: [] });
  });
});

describe('X4 entries under their days', () => {
  it('begins each day once, also where a clock was set back', () => {
    const on = (id: string, at: string) => ({ number: Number(id), entry: sampleChange({ id, at }) });
    const rows = toRows([
      on('4', '2026-01-02T12:00:00.000Z'),
      on('3', '2026-01-01T13:00:00.000Z'),
      on('2', '2026-01-01T12:00:00.000Z'),
      on('1', '2026-01-02T12:00:00.000Z'),
    ]);
    expect(rows.map((row) => (row.kind === 'day' ? row.day : row.id))).toEqual([
      ...['2026-01-02', '4', '2026-01-01', '3', '2', '2026-01-02', '1'],
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
});
