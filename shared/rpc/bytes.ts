import * as z from 'zod';

/** Bytes in the contract with a child; JSON has none, so the contract with the screens has none either. */
export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'no bytes');
