import type { Answer } from '../serve-stand-in.ts';
import type { GiteaCall } from './gitea-call.ts';

/** One page of a list, as `page` and `limit` ask for it. Its length is always told, links only by some lists. */
export function answerPage<T>(
  { call, state }: GiteaCall,
  all: readonly T[],
  toJson: (entry: T) => unknown,
  hasLinks = false,
): Answer {
  const { pageSize, maxPageSize } = state.options;
  const asked = Number(call.url.searchParams.get('limit'));
  const limit = Math.min(asked > 0 ? asked : pageSize, maxPageSize);
  const page = Math.max(Number(call.url.searchParams.get('page')) || 1, 1);
  const link = hasLinks && linksOf(call.url, state.address, page, Math.max(Math.ceil(all.length / limit), 1));
  return {
    status: 200,
    json: all.slice((page - 1) * limit, page * limit).map(toJson),
    headers: {
      'access-control-expose-headers': 'X-Total-Count',
      'x-total-count': String(all.length),
      ...(link && { link }),
    },
  };
}

function linksOf(url: URL, address: string, page: number, last: number): string {
  const link = (to: number, rel: string) => {
    const search = new URLSearchParams(url.searchParams);
    search.set('page', String(to));
    search.sort();
    return `<${address}${url.pathname}?${search.toString()}>; rel="${rel}"`;
  };
  return [
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first'), link(Math.min(page, last) - 1 || 1, 'prev')] : []),
  ].join(',');
}
