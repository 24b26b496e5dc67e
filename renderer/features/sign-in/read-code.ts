/**
 * A code as typed or pasted: "123 456" and "123-456" are 123456. A recovery code is longer and holds letters;
 * its grouping is the provider's own and is kept. Undefined for what can be neither.
 */
export function readCode(typed: string): string | undefined {
  const bare = withoutGrouping(typed);
  return readDigits(typed, 6) ?? (bare.length >= 8 && bare.length <= 40 ? typed.trim() : undefined);
}

/** A code of so many digits, without what groups them; undefined if it is none. */
export function readDigits(typed: string, digits: number): string | undefined {
  const bare = withoutGrouping(typed);
  return bare.length === digits && /^\d+$/.test(bare) ? bare : undefined;
}

function withoutGrouping(typed: string): string {
  return typed.replace(/[\s\-\u2010-\u2015]/g, '');
}
