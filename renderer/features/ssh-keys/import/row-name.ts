import type { ImportRow } from '../../../../shared/contract/keys/ssh-keys.ts';
import { joinFacts } from '../../../lib/formats.ts';
import { t } from '../../../lib/i18n/text.ts';

type Named = Pick<ImportRow, 'fileName' | 'place'>;

export function fileOf({ fileName }: Named): string {
  return fileName || t('keyImport.pasted');
}

/** Which key of its file; empty if the file holds no other. */
export function placeOf({ place }: Named): string {
  return place ? t('keyImport.place', { index: String(place.index), line: String(place.line) }) : '';
}

/** What no other row is called. */
export function nameOf(row: Named): string {
  return row.place ? joinFacts(fileOf(row), placeOf(row)) : fileOf(row);
}
