import axios, { AxiosError } from 'axios';

/** Bytes: discovery documents and key sets are far smaller. */
const maxBytes = 1_000_000;

interface Asked {
  readonly signal?: AbortSignal | null | undefined;
  readonly headers?: Headers | Readonly<Record<string, string>> | undefined;
}

/**
 * GETs a document of another server, through the proxy that the environment names (HTTPS_PROXY, NO_PROXY), as Node's
 * own
 * `fetch` does not. Follows no redirect. Rejects with an Error that names the fault alone, also where the proxy
 * refuses.
 */
export async function fetchDocument(address: string, { signal, headers = {} }: Asked): Promise<Response> {
  const url = new URL(address);
  const isLocal = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/.test(url.hostname);
  const response = await axios
    .request<ArrayBuffer>({
      url: address,
      headers: headers instanceof Headers ? Object.fromEntries(headers) : { ...headers },
      ...(signal && { signal }),
      ...(isLocal && { proxy: false }),
      responseType: 'arraybuffer',
      maxRedirects: 0,
      maxContentLength: maxBytes,
      validateStatus: null,
    })
    .catch((error: unknown) => {
      throw new Error(`${url.origin} cannot be asked: ${error instanceof AxiosError ? (error.code ?? '') : 'a fault'}`);
    });
  refuseProxy(url, response.request);
  const { status, data } = response;
  const type: unknown = response.headers['content-type'];
  return new Response(data.byteLength > 0 && status !== 204 && status !== 304 ? new Uint8Array(data) : null, {
    status,
    headers: typeof type === 'string' ? { 'content-type': type } : {},
  });
}

/** A proxy that opens no tunnel answers in the clear, and its answer is handed on as if it were the other server's. */
function refuseProxy(url: URL, request: unknown): void {
  const { socket } = Object(request) as { socket?: unknown };
  if (url.protocol === 'https:' && !('encrypted' in Object(socket)))
    throw new Error(`the proxy does not let through to ${url.origin}`);
}
