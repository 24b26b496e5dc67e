import type * as z from 'zod';
import { readPages as readAll } from '../../common/read-pages.ts';
import type { SignedSender } from '../../signed-sender.ts';

interface PagesOptions<S extends z.ZodType<{ readonly id: number }>> {
  readonly send: SignedSender;
  readonly path: string;
  /** Of one entry. */
  readonly schema: S;
}

/** Entries of a page: no instance gives more unless its administrator says so, and then it is cut without a word. */
const pageSize = 50;

/** All of a list. Errors: AppError untrusted-answer (too-large). */
export function readPages<S extends z.ZodType<{ readonly id: number }>>({
  send,
  path,
  schema,
}: PagesOptions<S>): Promise<z.infer<S>[]> {
  return readAll({
    send,
    schema,
    pathOf: (page) => `${path}?page=${page}&limit=${pageSize}`,
    isLast: (header, size) => size >= readTotal(header('x-total-count')),
  });
}

/** Without a count it is asked until nothing comes. */
function readTotal(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}
