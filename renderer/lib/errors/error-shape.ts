import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import { AppError } from '../../../shared/contract/errors.ts';

/** What the client rejects with, as the screen keeps it. Anything else is a fault of our own. */
export function asErrorShape(error: unknown): ErrorShape {
  return error instanceof AppError ? error.toShape() : { code: 'internal' };
}
