import { AppError } from '../../../../shared/contract/errors.ts';

const loneSurrogate = /\p{Surrogate}/u;

/**
 * An id as one segment of a path. What no address can hold (half a surrogate pair), and what a parser of addresses would
 * take for a way up, so that the request went elsewhere, names nothing. Errors: AppError not-found.
 */
export function toSegment(id: string): string {
  if (loneSurrogate.test(id) || id === '' || id === '.' || id === '..') throw new AppError('not-found');
  return encodeURIComponent(id);
}
