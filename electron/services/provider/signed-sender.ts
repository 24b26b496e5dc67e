import type * as z from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from '../http/http-client.ts';
import type { TokenSource } from './tokens.ts';

const loneSurrogate = /\p{Surrogate}/u;

/**
 * An id as one segment of a path. What no address can hold (half a surrogate pair), and what a parser of addresses
 * would take for a way up, so that the request went elsewhere, names nothing. Errors: AppError not-found.
 */
export function toSegment(id: string): string {
  if (loneSurrogate.test(id) || id === '' || id === '.' || id === '..') throw new AppError('not-found');
  return encodeURIComponent(id);
}

/** Sends a request in the person's name. Errors: as HttpClient, and those of the token source. */
export type SignedSender = <S extends z.ZodType>(request: SignedRequest<S>) => Promise<HttpAnswer<z.infer<S>>>;
export type SignedRequest<S extends z.ZodType> = Omit<HttpRequest<S>, 'url' | 'explain'> & { readonly path: string };

/** How a token goes with a request. */
export type Signature = (token: string) => Readonly<Record<string, string>>;

const asBearer: Signature = (token) => ({ Authorization: `Bearer ${token}` });

export function createSignedSender(
  http: HttpClient,
  address: string,
  tokens: TokenSource,
  explain?: HttpRequest<z.ZodType>['explain'],
  sign: Signature = asBearer,
): SignedSender {
  function sendWith<S extends z.ZodType>(token: string, { path, headers, ...rest }: SignedRequest<S>) {
    return http.send({
      ...rest,
      url: address + path,
      headers: { ...headers, ...sign(token) },
      ...(explain && { explain }),
    });
  }

  /** A refused token is renewed once; refused again, the session is over. */
  return async (request) => {
    const token = await tokens.accessToken();
    try {
      return await sendWith(token, request);
    } catch (error) {
      if (!(error instanceof AppError) || error.details.reason !== 'session-ended') throw error;
      return sendWith(await tokens.renewed(token), request);
    }
  };
}
