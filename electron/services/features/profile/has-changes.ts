import { isDeepStrictEqual } from 'node:util';
import { plainName } from '../../../../shared/typed-text.ts';

/**
 * Whether `values` already hold everything that `changes` ask for. A text is compared as the provider keeps it: NFC,
 * trimmed.
 */
export function hasChanges(
  values: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(changes).every(([field, wanted]) =>
    isDeepStrictEqual(normalise(values[field]), normalise(wanted)),
  );
}

function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  return typeof value === 'string' ? plainName(value) : value;
}
