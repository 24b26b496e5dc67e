import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { HttpAnswer } from '../../../http/http-client.ts';
import type { SignedSender } from '../../signed-sender.ts';

interface PagesOptions<S extends z.ZodType> {
  readonly send: SignedSender;
  readonly path: string;
  /** Of one entry. */
  readonly schema: S;
  readonly keyOf: (entry: z.infer<S>) => string | number;
}

/** The most that it gives. */
const pageSize = 100;
/** Entries of a list; nobody looks through more. */
const maxEntries = 20_000;

/**
 * All of a list, as long as an answer links to the next page. Each entry once: what was added meanwhile moves the
 * others. Errors: AppError untrusted-answer (too-large).
 */
export async function readPages<S extends z.ZodType>(options: PagesOptions<S>): Promise<z.infer<S>[]> {
  const { send, path, schema, keyOf } = options;
  const found = new Map<string | number, z.infer<S>>();
  let query: string | undefined = `?per_page=${pageSize}`;
  while (query !== undefined) {
    const answer: HttpAnswer<z.infer<S>[]> = await send({
      method: 'GET',
      path: path + query,
      schema: z.array(schema).max(1_000),
    });
    const before = found.size;
    for (const entry of answer.body) found.set(keyOf(entry), entry);
    if (found.size > maxEntries) throw new AppError('untrusted-answer', { reason: 'too-large' });
    // A page that brings nothing new would lead to the next one for ever.
    query = found.size > before ? nextOf(answer.header('link')) : undefined;
  }
  return [...found.values()];
}

/** The query of `<https://…?page=2>; rel="next"` (RFC 8288): where it leads is the app's own to say. */
function nextOf(link: string | undefined): string | undefined {
  const [, next] = /<([^<>]{1,2000})>\s*;\s*rel="next"/.exec((link ?? '').slice(0, 10_000)) ?? [];
  return next === undefined ? undefined : URL.parse(next, 'https://relative.invalid')?.search;
}
