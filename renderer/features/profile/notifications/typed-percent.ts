import { plainCharacters } from '../../../../shared/typed-text.ts';

/**
 * A percentage as it was typed: null for nothing, NaN for what is no number. A sign of percent and a decimal comma are
 * understood.
 */
export function readPercent(text: string): number | null {
  const plain = plainCharacters(text).trim().replace(/\s*%$/, '').replace(',', '.');
  if (plain === '') return null;
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

export function writePercent(percent: number | null): string {
  return percent === null || Number.isNaN(percent) ? '' : String(percent);
}
