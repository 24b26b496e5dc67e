import { describe, expect, it } from 'vitest';
import { makeEntry } from '../../testing/make-activity.ts';
import { toCsv, toJson } from './export-entries.ts';

/** RFC 4180, read back as it says. */
function parseCsv(text: string): string[][] {
  const cells = /("(?:[^"]|"")*"|[^,\r]*)(,|\r\n)/gy;
  const rows: string[][] = [[]];
  for (const [, cell = '', end] of text.matchAll(cells)) {
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=1', '＝1+1'];

describe('X4 an export of activity', () => {
  it('is CSV that a spreadsheet reads as it was, whatever stands in it', () => {
    const odd = 'A "quoted", comma\nand line';
    const csv = toCsv([makeEntry(0, { to: odd })]).toString();
    expect(csv.startsWith('\uFEFFtime (UTC),')).toBe(true);
    const [head, row] = parseCsv(csv.slice(1));
    const cell = (name: string) => row?.[head?.indexOf(name) ?? -1];
    expect(row).toHaveLength(head?.length ?? 0);
    expect([cell('time (UTC)'), cell('from'), cell('to')]).toEqual(['2026-01-01T00:00:00.000Z', 'City 0', odd]);
    expect(cell('time (local)')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d$/);
    expect(Date.parse(cell('time (local)') ?? '')).toBe(Date.UTC(2026, 0, 1));
  });

  it.each(hostile)('makes no formula of %j', (text) => {
    const [, row = []] = parseCsv(
      toCsv([makeEntry(0, { subject: text, from: text })])
        .toString()
        .slice(1),
    );
    expect(row.filter((cell) => /^[=+\-@\t\r＝]/.test(cell))).toEqual([]);
    expect(row).toContain(`'${text}`);
  });

  it.each(['a;=1+1', 'a; @SUM(A1)', 'a;"=1+1"', 'a\n-1'])('makes no formula of %j where cells end at ;', (text) => {
    const csv = toCsv([makeEntry(0, { subject: text })]).toString();
    expect(csv).not.toMatch(/[;\n][" ]*[=@-]/);
    expect(csv).toContain("'");
  });

  it('gives acts their outcome and reason', () => {
    const csv = toCsv([
      {
        ...{ type: 'act', id: 'x', at: '2026-01-01T00:00:00.000Z', area: 'sshKeys', act: 'sshKeys.remove' },
        ...{ subject: 'Laptop', detail: '', count: 1, outcome: 'unclear' },
        refusal: { code: 'offline', reason: 'outcome-unknown' },
      },
    ]).toString();
    expect(csv).toContain(',sshKeys.remove,Laptop,,,,,you,unclear,offline outcome-unknown,x\r\n');
  });

  it('says of what can have been done on a page when that was opened', () => {
    const entry = makeEntry(0, { by: 'maybe-you', pageOpenedAt: '2025-12-31T23:58:00.000Z' });
    expect(toCsv([entry]).toString()).toContain(',City 0,City 1,maybe-you,,page opened 2025-12-31T23:58:00.000Z,e0');
    expect(JSON.parse(toJson([entry]).toString())).toEqual([entry]);
  });

  it('is JSON with the same facts', () => {
    expect(JSON.parse(toJson([makeEntry(0), makeEntry(1)]).toString())).toEqual([makeEntry(0), makeEntry(1)]);
  });
});
