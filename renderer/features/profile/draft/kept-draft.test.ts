import { describe, expect, it } from 'vitest';
import { draftEditSchema } from '../../../../shared/contract/drafts.ts';
import type { Draft } from './draft.ts';
import { fromKept, toKept } from './kept-draft.ts';

describe('X5 a draft as it is kept', () => {
  const shown = { label: 'Team', value: 'A' };
  const draft: Draft = new Map([
    ['contact.city', { base: 'Stockholm', mine: 'Malmö', theirs: 'Lund' }],
    ['notifications.quotaAlerts', { base: false, mine: true }],
    ['workplace.wfmInterval', { base: 10, mine: Number.NaN }],
    ['notifications.thresholds', { base: [], mine: [{ percent: Number.NaN, byMail: true }] }],
    ['more.team.a', { base: ['x'], mine: ['y', ''], shown }],
    ['avatar.image', { base: 'data:image/png;base64,AA==', mine: null }],
  ]);

  it('holds the value before and the one typed, whatever the field is, and nothing that is asked for anew', () => {
    const kept = toKept(draft);
    expect(kept.map((edit) => draftEditSchema.parse(edit))).toEqual(kept);
    expect([...fromKept(kept)]).toEqual([
      ['contact.city', { base: 'Stockholm', mine: 'Malmö' }],
      ['notifications.quotaAlerts', { base: false, mine: true }],
      ['workplace.wfmInterval', { base: 10, mine: null }],
      ['notifications.thresholds', { base: [], mine: [{ percent: null, byMail: true }] }],
      ['more.team.a', { base: ['x'], mine: ['y', ''], shown }],
      ['avatar.image', { base: 'data:image/png;base64,AA==', mine: null }],
    ]);
  });
});
