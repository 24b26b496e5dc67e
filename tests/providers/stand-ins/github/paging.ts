import type { Answer } from '../serve-stand-in.ts';
import type { GithubCall } from './github-call.ts';

/** One page of a list, as `page` and `per_page` ask for it, with links to the others and no count. */
export function answerPage<T>({ call, state }: GithubCall, all: readonly T[], toJson: (entry: T) => unknown): Answer {
  const asked = Number(call.url.searchParams.get('per_page')) || 30;
  const size = Math.min(asked, state.options.pageSize);
  const page = Math.max(Number(call.url.searchParams.get('page')) || 1, 1);
  const last = Math.max(Math.ceil(all.length / size), 1);
  const link = (to: number, rel: string) => {
    const search = new URLSearchParams(call.url.searchParams);
    search.set('page', String(to));
    return `<${state.address}${call.url.pathname}?${search.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ];
  return {
    status: 200,
    json: all.slice((page - 1) * size, page * size).map(toJson),
    ...(links.length > 0 && { headers: { link: links.join(', ') } }),
  };
}
