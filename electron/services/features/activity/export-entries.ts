import type { ActivityEntry } from '../../../../shared/contract/activity.ts';

const columns = [
  'time (UTC)',
  'time (local)',
  'type',
  'area',
  'what',
  'subject',
  'detail',
  'field',
  'from',
  'to',
  'by',
  'outcome',
  'reason',
  'id',
] as const;

/** Of a spreadsheet: at the begin of a cell they make it a formula (OWASP, CSV Injection). */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * Where cells end at `;`, as in much of Europe, what follows one within a text is a cell of its own; so is a new line.
 */
const innerFormula = /([;\n]["\s]*)(?=[=+\-@＝＋－＠])/g;

/** RFC 4180, with a byte order mark, without which Excel reads no UTF-8. */
export function toCsv(entries: readonly ActivityEntry[]): Buffer {
  const rows = entries.map((entry) => toCells(entry).map(toCell).join(','));
  return Buffer.from(`\uFEFF${[columns.map(toCell).join(','), ...rows].join('\r\n')}\r\n`);
}

/** The same facts, named; as an array. */
export function toJson(entries: readonly ActivityEntry[]): Buffer {
  return Buffer.from(`${JSON.stringify(entries, undefined, 2)}\n`);
}

function toCells(entry: ActivityEntry): readonly string[] {
  const { id, at, type, area, subject, detail } = entry;
  const begin = [at, toLocal(at), type, area];
  if (entry.type === 'act') {
    const { act, outcome, refusal } = entry;
    const reason = refusal ? [refusal.code, refusal.reason].filter(Boolean).join(' ') : '';
    return [...begin, act, subject, detail, '', '', '', 'you', outcome, reason, id];
  }
  const { change, field, label, from, to, by, pageOpenedAt } = entry;
  const reason = pageOpenedAt ? `page opened ${pageOpenedAt}` : '';
  return [...begin, change, subject, detail, label ?? field ?? '', from ?? '', to ?? '', by, '', reason, id];
}

function toCell(text: string): string {
  const harmless = (formula.test(text) ? `'${text}` : text).replace(innerFormula, "$1'");
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** By the clock of this computer: `2026-01-31 13:00:00 +01:00`. */
function toLocal(instant: string): string {
  const date = new Date(instant);
  const offset = -date.getTimezoneOffset();
  const there = new Date(date.getTime() + offset * 60_000).toISOString();
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const zone = [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
  return `${there.slice(0, 10)} ${there.slice(11, 19)} ${offset < 0 ? '-' : '+'}${zone}`;
}
