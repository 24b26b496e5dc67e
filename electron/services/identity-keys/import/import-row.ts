import { basename } from 'node:path';
import type { ImportRow } from '../../../../shared/contract/identity-keys.ts';
import { cleanText } from '../../clean-text.ts';
import type { KeyOutcome, ReadFile } from '../worker/key-jobs.ts';

export type RowFacts = Omit<ImportRow, 'sameAs' | 'duplicateOf' | 'isAdded'>;

const none = {
  weaknesses: [],
  kind: null,
  format: null,
  type: null,
  bits: null,
  comment: null,
  sha256: null,
  md5: null,
  isEncrypted: false,
};

/** What the screen may know of each key of a file, or of a file without one. Empty name: it was pasted. */
export function toRows(fileName: string, file: ReadFile): Omit<RowFacts, 'rowId'>[] {
  // Directions and invisible characters in a name could make it look like another.
  const head = {
    fileName: cleanText(fileName).slice(0, 4_096),
    realPath: file.realPath && cleanText(file.realPath).slice(0, 4_096),
  };
  if ('fault' in file)
    return [
      {
        ...head,
        ...none,
        place: null,
        verdict: 'unreadable',
        reason: file.fault,
        title: titleOf(head.fileName, null, null),
      },
    ];
  return file.outcomes.map((outcome) => ({
    ...head,
    place: outcome.place,
    ...fromOutcome(outcome),
    title: titleOf(fileName, outcome.place, outcome),
  }));
}

/** The same key after another try with a passphrase. */
export function withOutcome(row: RowFacts, outcome: KeyOutcome): RowFacts {
  return { ...row, ...fromOutcome(outcome), title: titleOf(row.fileName, row.place, outcome) };
}

export function isGood({ verdict }: Pick<ImportRow, 'verdict'>): boolean {
  return verdict === 'accepted' || verdict === 'advised-against';
}

export function isLocked({ verdict }: Pick<ImportRow, 'verdict'>): boolean {
  return verdict === 'needs-passphrase' || verdict === 'wrong-passphrase';
}

function fromOutcome({
  inspection,
  weaknesses,
}: KeyOutcome): Omit<RowFacts, 'rowId' | 'fileName' | 'place' | 'realPath' | 'title'> {
  const { verdict, kind, format, type, bits, comment, sha256, md5, encrypted, reason } = inspection;
  return {
    verdict,
    reason: (reason ?? '').slice(0, 2_000),
    weaknesses: [...weaknesses],
    kind,
    format,
    type,
    bits,
    comment,
    sha256,
    md5,
    isEncrypted: encrypted ?? false,
  };
}

/** Its comment; the name of its file, without a key's usual endings, and its number there; its type. As long as the reference API takes. */
function titleOf(fileName: string, place: ImportRow['place'], outcome: KeyOutcome | null): string {
  const name = cleanText(basename(fileName)).replace(/\.(pub|pem|ppk|key|pk8)$/i, '');
  const numbered = name && place ? `${name} ${place.index}` : name;
  const title = outcome?.inspection.comment || numbered || outcome?.inspection.type || '';
  return Array.from(title).slice(0, 100).join('');
}
