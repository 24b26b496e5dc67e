import { plainCharacters, readDigits, withoutGrouping } from '../../shared/typed-text.ts';

/**
 * A code as typed or pasted: "123 456" and "123-456" are 123456, in the digits of any script. A recovery code is longer
 * and holds letters; its grouping is the provider's own and is kept. Undefined for what can be neither.
 */
export function readCode(typed: string): string | undefined {
  const bare = withoutGrouping(typed);
  return readDigits(typed, 6) ?? (bare.length >= 8 && bare.length <= 40 ? plainCharacters(typed).trim() : undefined);
}
