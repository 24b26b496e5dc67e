import { basename } from 'node:path';
import type { ImportRow } from '../../../../shared/contract/identity-keys.ts';
import { cleanText } from '../../clean-text.ts';
import type { KeyOutcome, ReadFile } from '../worker/key-jobs.ts';

export type RowFacts = Omit<ImportRow, 'sameAs' | 'duplicateOf' | 'isAdded'>;

const none = { weaknesses: [], kind: null, format: null, type: null, bits: null, comment: null, sha256: null, md5: null, isEncrypted: false };

/** What the screen may know of a file. Empty name: it was pasted. */
export function toRow(rowId: string, fileName: string, file: ReadFile): RowFacts {
  // Directions and invisible characters in a name could make it look like another.
  const head = { rowId, fileName: cleanText(fileName).slice(0, 4_096), realPath: file.realPath && cleanText(file.realPath).slice(0, 4_096) };
  if ('fault' in file) return { ...head, ...none, verdict: 'unreadable', reason: file.fault, title: titleOf(fileName, null) };
  return { ...head, ...fromOutcome(file.outcome), title: titleOf(fileName, file.outcome) };
}

/** The same file after another try with a passphrase. */
export function withOutcome(row: RowFacts, outcome: KeyOutcome): RowFacts {
  return { ...row, ...fromOutcome(outcome), title: titleOf(row.fileName, outcome) };
}

export function isGood({ verdict }: Pick<ImportRow, 'verdict'>): boolean {
  return verdict === 'accepted' || verdict === 'advised-against';
}

function fromOutcome({ inspection, weaknesses }: KeyOutcome): Omit<RowFacts, 'rowId' | 'fileName' | 'realPath' | 'title'> {
  const { verdict, kind, format, type, bits, comment, sha256, md5, encrypted, reason } = inspection;
  return { verdict, reason: (reason ?? '').slice(0, 2_000), weaknesses: [...weaknesses], kind, format, type, bits, comment, sha256, md5, isEncrypted: encrypted ?? false };
}

/** Its comment; the name of its file, without a key's usual endings; its type. As long as the reference API takes. */
function titleOf(fileName: string, outcome: KeyOutcome | null): string {
  const name = cleanText(basename(fileName)).replace(/\.(pub|pem|ppk|key|pk8)$/i, '');
  const title = outcome?.inspection.comment || name || outcome?.inspection.type || '';
  return Array.from(title).slice(0, 100).join('');
}
