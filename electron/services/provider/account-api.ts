import type { ApiOperation } from '../../../shared/contract/api-calls.ts';

/** What a provider tells of its own calls, on an account of kind `A`. */
export interface AccountApi<A> {
  /** Base URL of the paths, without a slash at its end. */
  readonly address: string;
  /** Errors: not-offered, offline, untrusted-answer. */
  apiOperations(): Promise<readonly DescribedOperation[]>;
  /**
   * Runs `act` up to the first request that would change something, and gives that request without having sent it.
   * Readings before it are sent. Errors: those of the readings.
   */
  prepare(act: (account: A) => Promise<unknown>): Promise<PreparedRequest>;
}

export interface DescribedOperation extends ApiOperation {
  /** Groups of the provider's document. */
  readonly tags: readonly string[];
}

/** What the sender adds is masked: secrets, and what is new in each request. */
export interface PreparedRequest {
  readonly method: string;
  /** With its parameters filled in, after the address. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}
