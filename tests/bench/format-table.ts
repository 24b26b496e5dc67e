import { isMet, ratioOf, type BenchRow } from './bench-row.ts';

/** One line per figure under a heading, columns two spaces apart. */
export function formatTable(rows: readonly BenchRow[]): string {
  const lines = [['figure', 'measured', 'against', 'ratio', 'target', 'verdict'], ...rows.map(cells)];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cells(row: BenchRow): string[] {
  const { name, measured, unit, against, target } = row;
  return [
    name,
    `${plain(measured)} ${unit}`,
    against ? `${against.name} ${plain(against.measured)} ${unit}` : '–',
    plain(ratioOf(row)),
    target ? describeTarget(target, unit) : '–',
    verdict(row),
  ];
}

function describeTarget({ max, min, of }: NonNullable<BenchRow['target']>, unit: string): string {
  const bounds = [...(min === undefined ? [] : [`≥ ${min}`]), ...(max === undefined ? [] : [`≤ ${max}`])].join(', ');
  return of === 'ratio' ? `ratio ${bounds}` : `${bounds} ${unit}`;
}

function verdict(row: BenchRow): string {
  if (!row.target) return '–';
  return isMet(row) ? 'met' : 'MISSED';
}

function plain(value: number | undefined): string {
  if (value === undefined) return '–';
  return Math.abs(value) >= 100 ? String(Math.round(value)) : value.toFixed(2);
}
