/** What the app asked of Electron, in order. Only what survives structured clone. */
export interface JournalEntry {
  readonly call: string;
  readonly detail: unknown;
}

export const journal: JournalEntry[] = [];

export function note(call: string, detail: unknown = null): void {
  journal.push({ call, detail: JSON.parse(JSON.stringify(detail, hideLiveObjects) ?? 'null') as unknown });
}

/** Sessions and functions are shown as what they are, not walked through. */
function hideLiveObjects(key: string, value: unknown): unknown {
  if (key === 'session') return '[session]';
  return typeof value === 'function' ? '[function]' : value;
}
