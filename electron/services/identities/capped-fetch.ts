import type { CustomFetch } from 'openid-client';
import { toNetworkError } from '../http/network-error.ts';
import { withSystemIssuers } from '../http/system-issuers.ts';

/** Bytes: discovery documents, key sets and token answers are far smaller. */
const longest = 1_000_000;

/** `fetch` that gives up on an answer that does not end. Follows no redirect. */
export const fetchCapped: CustomFetch = async (address, { body, ...options }) => {
  // What the library sends are forms.
  const ask = () =>
    fetch(address, { ...options, redirect: 'manual', ...(body !== undefined && { body: body as URLSearchParams }) });
  const response = await withSystemIssuers(
    ask,
    (error) => toNetworkError(error, { method: 'GET', url: address }).details.reason === 'certificate-not-trusted',
  );
  if (!response.body) return response;
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(cap(longest)), { status, statusText, headers });
};

function cap(bytes: number): TransformStream<Uint8Array, Uint8Array> {
  let left = bytes;
  return new TransformStream({
    transform(chunk, controller) {
      left -= chunk.byteLength;
      if (left < 0) controller.error(new TypeError('the answer is too long'));
      else controller.enqueue(chunk);
    },
  });
}
