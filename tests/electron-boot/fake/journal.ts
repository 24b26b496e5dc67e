/** What the app asked of Electron, in order. Only what survives structured clone. */
export interface JournalEntry {
  readonly call: string;
  readonly detail: unknown;
}

export const journal: JournalEntry[] = [];
const waiting = new Set<(entry: JournalEntry) => void>();

export function note(call: string, detail: unknown = null): void {
  const entry = { call, detail: JSON.parse(JSON.stringify(detail, hideObjects) ?? 'null') as unknown };
  journal.push(entry);
  for (const tell of waiting) tell(entry);
}

/** The last such call, or the first one to come. */
export function whenNoted(call: string): Promise<JournalEntry> {
  const noted = journal.findLast((entry) => entry.call === call);
  if (noted) return Promise.resolve(noted);
  return new Promise((resolve) => {
    const tell = (entry: JournalEntry): void => {
      if (entry.call !== call) return;
      waiting.delete(tell);
      resolve(entry);
    };
    waiting.add(tell);
  });
}

/** Sessions and functions are shown as what they are, not walked through. */
function hideObjects(key: string, value: unknown): unknown {
  if (key === 'session') return '[session]';
  return typeof value === 'function' ? '[function]' : value;
}
