import type { Answer } from '../serve-stand-in.ts';
import type { GitlabCall } from './gitlab-call.ts';

/** One page of a list, as `page` and `per_page` ask for it: 20 where nothing is asked for. */
export function answerPage<T>({ call, state }: GitlabCall, all: readonly T[], toJson: (entry: T) => unknown): Answer {
  const { maxPageSize, hidesTotals } = state.options;
  const asked = Number(call.url.searchParams.get('per_page'));
  const size = Math.min(asked > 0 ? asked : 20, maxPageSize);
  const page = Math.max(Number(call.url.searchParams.get('page')) || 1, 1);
  const last = Math.max(Math.ceil(all.length / size), 1);
  const next = page < last ? String(page + 1) : '';
  return {
    status: 200,
    json: all.slice((page - 1) * size, page * size).map(toJson),
    headers: {
      'x-page': String(page),
      'x-per-page': String(size),
      'x-next-page': next,
      'x-prev-page': page > 1 ? String(page - 1) : '',
      ...(!hidesTotals && { 'x-total': String(all.length), 'x-total-pages': String(last) }),
      link: linkOf(state.address, call.url, next),
    },
  };
}

function linkOf(address: string, url: URL, next: string): string {
  const link = (page: string, rel: string) => {
    const search = new URLSearchParams(url.searchParams);
    search.set('page', page);
    return `<${new URL(address).origin}${url.pathname}?${search.toString()}>; rel="${rel}"`;
  };
  return [...(next ? [link(next, 'next')] : []), link('1', 'first')].join(', ');
}
