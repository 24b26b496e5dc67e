import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { HttpAnswer } from '../../http/http-client.ts';
import type { SignedSender } from '../signed-sender.ts';

interface PagesOptions<S extends z.ZodType<{ readonly id: number }>> {
  readonly send: SignedSender;
  /** Pages are counted from 1. */
  readonly pathOf: (page: number) => string;
  /** Of one entry. */
  readonly schema: S;
  /** Whether the service says that nothing follows; `size`: entries so far. */
  readonly isLast: (header: HttpAnswer<unknown>['header'], size: number) => boolean;
}

/** Entries of a list; nobody looks through more. */
const maxEntries = 20_000;

/**
 * All of a list, page by page. Each id once: what was added meanwhile moves the others to the next page. Errors:
 * AppError untrusted-answer (too-large).
 */
export async function readPages<S extends z.ZodType<{ readonly id: number }>>({
  send,
  pathOf,
  schema,
  isLast,
}: PagesOptions<S>): Promise<z.infer<S>[]> {
  const byId = new Map<number, z.infer<S>>();
  for (let page = 1; ; page += 1) {
    const { body, header } = await send({ method: 'GET', path: pathOf(page), schema: z.array(schema).max(1_000) });
    const before = byId.size;
    for (const entry of body) byId.set(entry.id, entry);
    // A page beyond the end is empty; one that brings nothing new would come for ever.
    if (byId.size === before || isLast(header, byId.size)) return [...byId.values()];
    if (byId.size > maxEntries) throw new AppError('untrusted-answer', { reason: 'too-large' });
  }
}
