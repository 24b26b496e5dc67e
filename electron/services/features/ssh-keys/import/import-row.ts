import { basename } from 'node:path';
import type { ImportRow } from '../../../../../shared/contract/keys/ssh-keys.ts';
import { cleanText } from '../../../core/clean-text.ts';
import { originOfPath, type StatedOrigin, strictest } from '../../../../../ssh-keys/index.ts';
import type { KeyOutcome, ReadFile } from '../worker/key-worker.contract.ts';

export type RowFacts = Omit<ImportRow, 'sameAs' | 'duplicateOf' | 'isAdded' | 'origin'>;

/** A row, and whose key its file or its line says that it is. */
export interface StatedRow {
  readonly row: Omit<RowFacts, 'rowId'>;
  readonly stated: StatedOrigin | null;
}

const none = {
  kind: null,
  format: null,
  type: null,
  bits: null,
  comment: null,
  sha256: null,
  md5: null,
  isEncrypted: false,
};

/**
 * What the screen may know of each key of a file, or of a file without one. `fileName` is what it is called on the
 * screen, empty if it was pasted; `path` says more, where it is known.
 */
export function toRows(fileName: string, file: ReadFile, path = fileName): StatedRow[] {
  // Directions and invisible characters in a name could make it look like another.
  const head = {
    fileName: cleanText(fileName).slice(0, 4_096),
    realPath: file.realPath && cleanText(file.realPath).slice(0, 4_096),
  };
  if ('problem' in file) {
    const title = titleOf(head.fileName, null, null, null);
    return [
      { row: { ...head, ...none, place: null, verdict: 'unreadable', problems: [file.problem], title }, stated: null },
    ];
  }
  const ofFile = strictest([originOfPath(path), file.realPath === null ? null : originOfPath(file.realPath)]);
  return file.outcomes.map((outcome) => {
    const stated = strictest([ofFile, outcome.stated]);
    const title = titleOf(fileName, outcome.place, outcome, stated);
    return { row: { ...head, place: outcome.place, ...fromOutcome(outcome), title }, stated };
  });
}

/** The same key after another try with a passphrase. */
export function withOutcome(row: RowFacts, outcome: KeyOutcome): RowFacts {
  return { ...row, ...fromOutcome(outcome), title: titleOf(row.fileName, row.place, outcome, null) };
}

export function isGood({ verdict }: Pick<ImportRow, 'verdict'>): boolean {
  return verdict === 'accepted' || verdict === 'advised-against';
}

export function isLocked({ verdict }: Pick<ImportRow, 'verdict'>): boolean {
  return verdict === 'needs-passphrase' || verdict === 'wrong-passphrase';
}

function fromOutcome({
  inspection,
}: KeyOutcome): Omit<RowFacts, 'rowId' | 'fileName' | 'place' | 'realPath' | 'title'> {
  const { verdict, kind, format, type, bits, comment, sha256, md5, encrypted, problems } = inspection;
  return {
    verdict,
    problems: [...problems],
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

/**
 * Its comment; the name of its file, without a key's usual endings, and its number there, unless that names a list of
 * keys of others; its type. As long as the reference API takes.
 */
function titleOf(
  fileName: string,
  place: ImportRow['place'],
  outcome: KeyOutcome | null,
  stated: StatedOrigin | null,
): string {
  const name = stated === null ? cleanText(basename(fileName)).replace(/\.(pub|pem|ppk|key|pk8)$/i, '') : '';
  const numbered = name && place ? `${name} ${place.index}` : name;
  const title = outcome?.inspection.comment || numbered || outcome?.inspection.type || '';
  return Array.from(title).slice(0, 100).join('');
}
