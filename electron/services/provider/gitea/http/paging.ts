import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { SignedSender } from '../../signed-sender.ts';

interface PagesOptions<S extends z.ZodType<{ readonly id: number }>> {
  readonly send: SignedSender;
  readonly path: string;
  /** Of one entry. */
  readonly schema: S;
}

/** Entries of a page: no instance gives more unless its administrator says so, and then it is cut without a word. */
const pageSize = 50;
/** Entries of a list; nobody looks through more. */
const maxEntries = 20_000;

/**
 * All of a list, page by page. Each id once: what was added meanwhile moves the others to the next page. Errors: AppError
 * untrusted-answer (too-large).
 */
export async function readPages<S extends z.ZodType<{ readonly id: number }>>({
  send,
  path,
  schema,
}: PagesOptions<S>): Promise<z.infer<S>[]> {
  const byId = new Map<number, z.infer<S>>();
  for (let page = 1; ; page += 1) {
    const query = `?page=${page}&limit=${pageSize}`;
    const { body, header } = await send({ method: 'GET', path: `${path}${query}`, schema: z.array(schema).max(1_000) });
    const before = byId.size;
    for (const entry of body) byId.set(entry.id, entry);
    // A page beyond the end is empty; one that brings nothing new would come for ever.
    const isLast = byId.size === before || byId.size >= readTotal(header('x-total-count'));
    if (isLast) return [...byId.values()];
    if (byId.size > maxEntries) throw new AppError('untrusted-answer', { reason: 'too-large' });
  }
}

/** Without a count it is asked until nothing comes. */
function readTotal(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}
