import type { DescribedField } from '../../../../shared/contract/account/described-fields.ts';
import { joinFacts } from '../../../lib/formats.ts';
import { t, type TextKey } from '../../../lib/i18n/text.ts';

/** Characters: nobody reaches more in one line without knowing. */
const longLine = 100;

/** What the service says of a field, in one line: what it is about, and what it takes. */
export function aboutText({ help, kind, isRequired, limits }: DescribedField): string {
  const { minLength, maxLength, minCount, maxCount, min, max, pattern } = limits;
  const isLong = kind !== 'multi-line' && maxLength !== undefined && maxLength > longLine;
  const facts = [
    isRequired ? t('described.required') : '',
    help,
    between(minLength, isLong ? undefined : maxLength, [
      'described.lengthBetween',
      'described.lengthMin',
      'described.lengthMax',
    ]),
    between(minCount, maxCount, kind === 'several-of' ? choosing : counting),
    between(min, max, ['described.between', 'described.min', 'described.max']),
    pattern ?? '',
  ];
  return joinFacts(...facts);
}

const choosing: Texts = ['described.chooseBetween', 'described.chooseMin', 'described.chooseMax'];
const counting: Texts = ['described.countBetween', 'described.countMin', 'described.countMax'];

type Texts = readonly [both: TextKey, min: TextKey, max: TextKey];

function between(min: number | undefined, max: number | undefined, [both, from, to]: Texts): string {
  if (min !== undefined && max !== undefined) return t(both, { min, max });
  if (min !== undefined) return t(from, { min });
  return max === undefined ? '' : t(to, { max });
}
