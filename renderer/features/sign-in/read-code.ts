/**
 * A code as typed or pasted: "123 456" and "123-456" are 123456. A recovery code is longer and holds letters;
 * its grouping is the provider's own and is kept. Undefined for what can be neither.
 */
export function readCode(typed: string): string | undefined {
  const digits = typed.replace(/[\s\-\u2010-\u2015]/g, '');
  if (/^\d{6}$/.test(digits)) return digits;
  return digits.length >= 8 && digits.length <= 40 ? typed.trim() : undefined;
}
