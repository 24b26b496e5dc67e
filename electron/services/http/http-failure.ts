/** What may be kept of a failed exchange: no header, no body, no query, nothing of the HTTP library's error. */
export class HttpFailure extends Error {
  constructor(request: RequestLine, what: number | string) {
    super(`${request.method} ${new URL(request.url).pathname}: ${what}`);
    this.name = 'HttpFailure';
  }
}

export interface RequestLine {
  readonly method: HttpMethod;
  /** Absolute. */
  readonly url: string;
}

type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
