import type { ActivityActEntry, ActivityChange, ActivityEntry } from '../../shared/contract/activity.ts';

const hourMs = 3_600_000;

function at(hoursAgo: number): string {
  return new Date(Date.now() - hoursAgo * hourMs).toISOString();
}

export function sampleChange(changes: Partial<ActivityChange> = {}): ActivityChange {
  return {
    ...{ type: 'change', id: 'change', at: at(1), since: at(3), area: 'profile', change: 'changed' },
    ...{ subject: '', detail: '', field: 'contact.city', label: null, from: 'Bremen', to: 'Hamburg', by: 'elsewhere' },
    ...changes,
  };
}

export function sampleAct(changes: Partial<ActivityActEntry> = {}): ActivityActEntry {
  return {
    ...{ type: 'act', id: 'act', at: at(1), area: 'sshKeys', act: 'sshKeys.add', subject: 'Work laptop' },
    ...{ detail: 'SHA256:uNiVztksCsDhcc0u9e8BgrJXVGLpSVa4i5Q5Ynk5dqo', count: 1, outcome: 'done', refusal: null },
    ...changes,
  };
}

const whole = { field: null, from: null, to: null };

/** Some days of an account, oldest first; the last two are new. */
export function sampleActivity(): ActivityEntry[] {
  return [
    sampleAct({ ...{ id: 'a1', at: at(75), area: 'account', act: 'account.signIn', subject: '', detail: '' } }),
    sampleChange({ id: 'c1', at: at(74), by: 'you' }),
    sampleAct({ id: 'a2', at: at(50) }),
    sampleAct({
      ...{ id: 'a3', at: at(49), act: 'sshKeys.remove', outcome: 'unclear' },
      refusal: { code: 'offline', reason: 'outcome-unknown' },
    }),
    sampleAct({
      ...{ id: 'a4', at: at(48), area: 'mfa', act: 'mfa.turnOff', subject: '', detail: '', outcome: 'refused' },
      refusal: { code: 'forbidden' },
    }),
    sampleChange({
      ...{ id: 'c2b', at: at(27), area: 'applications', change: 'removed', subject: 'Calendar', ...whole },
      ...{ since: at(28), by: 'maybe-you', pageOpenedAt: at(27.1) },
    }),
    sampleChange({ id: 'c2', at: at(26), area: 'mfa', field: 'remaining', from: '10', to: '9' }),
    sampleChange({ id: 'c3', at: at(25), field: 'avatar.image', from: null, to: null }),
    sampleChange({
      ...{ id: 'c4', at: at(24), area: 'sessions', change: 'removed', subject: 'Safari' },
      ...{ detail: 'iOS · 198.51.100.7', by: 'time', ...whole },
    }),
    sampleAct({
      ...{ id: 'a5', at: at(4), area: 'sessions', act: 'sessions.close', subject: '', detail: '' },
      ...{ count: 3, outcome: 'partly' },
    }),
    sampleChange({
      ...{ id: 'c5', at: at(1), area: 'sshKeys', change: 'added', subject: 'Unknown key' },
      ...{ detail: 'SHA256:3l9mWk7Lr8T0k4C0eQpIh2Jt2vQd7j2lWlY5c4GkX1E', ...whole },
    }),
    sampleChange({
      ...{ id: 'c6', at: at(0.5), area: 'sessions', change: 'added', subject: 'Firefox' },
      ...{ detail: 'Windows · 203.0.113.77', ...whole },
    }),
  ];
}

/** Many entries, a quarter of an hour apart. */
export function manyEntries(count: number): ActivityEntry[] {
  return Array.from({ length: count }, (_, index) =>
    sampleChange({
      id: `many-${String(index)}`,
      at: at((count - index) / 4),
      from: `City ${String(index)}`,
      to: `City ${String(index + 1)}`,
    }),
  );
}
