import type * as z from 'zod';
import { readPages as readAll } from '../../common/read-pages.ts';
import type { SignedSender } from '../../signed-sender.ts';

interface PagesOptions<S extends z.ZodType<{ readonly id: number }>> {
  readonly send: SignedSender;
  readonly path: string;
  /** Parameters beside those of paging, like `state=active`. */
  readonly query?: string;
  /** Of one entry. */
  readonly schema: S;
}

/** Entries of a page: no more are given. */
const pageSize = 100;

/**
 * All of a list. Totals are not told of long ones, so what follows says it. Errors: AppError untrusted-answer
 * (too-large).
 */
export function readPages<S extends z.ZodType<{ readonly id: number }>>({
  send,
  path,
  query,
  schema,
}: PagesOptions<S>): Promise<z.infer<S>[]> {
  return readAll({
    send,
    schema,
    pathOf: (page) => `${path}?per_page=${pageSize}&page=${page}${query === undefined ? '' : `&${query}`}`,
    isLast: (header) => header('x-next-page') === '',
  });
}
