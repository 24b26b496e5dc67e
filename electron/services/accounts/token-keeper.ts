import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Clock } from '../ports.ts';
import type { Tokens, TokenSource } from '../provider/provider.ts';

/** The tokens of one signed-in account, renewed when needed and once only, however many requests ask. */
export type TokenKeeper = TokenSource;

export interface TokenKeeperOptions {
  readonly tokens: Tokens;
  readonly clock: Clock;
  /** Durable once resolved: a refresh token is single-use, so the next one must never be lost. */
  readonly save: (tokens: Tokens) => Promise<void>;
  /** As `Provider.refresh`, at the account's address. */
  readonly refresh: (refreshToken: string, attempt: string) => Promise<Tokens>;
  readonly onRenewing: (isRenewing: boolean) => void;
}

/** Milliseconds before its end at which a token counts as expired, so that it does not expire on its way. */
const renewEarlyMs = 30_000;

export function createTokenKeeper({ tokens, clock, save, refresh, onRenewing }: TokenKeeperOptions): TokenKeeper {
  let current = tokens;
  /** Names the exchange of the current refresh token, so that trying again after a lost reply is no reuse. */
  let attempt = randomUUID();
  /** Received, and not kept safely yet: if that failed, the next renewal keeps them instead of asking again. */
  let received: Tokens | undefined;
  let renewal: Promise<string> | undefined;
  let ended: AppError | undefined;

  async function renew(): Promise<string> {
    onRenewing(true);
    try {
      received ??= await refresh(current.refreshToken, attempt);
      await save(received);
      current = received;
      received = undefined;
      attempt = randomUUID();
      return current.accessToken;
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') ended = error;
      throw error;
    } finally {
      renewal = undefined;
      onRenewing(false);
    }
  }

  /** One renewal for all who wait; they share its outcome. */
  function renewOnce(): Promise<string> {
    renewal ??= renew();
    return renewal;
  }

  async function accessToken(): Promise<string> {
    if (ended) throw ended;
    const isFresh = current.accessTokenExpiresAt - renewEarlyMs > clock.now();
    return isFresh && !renewal ? current.accessToken : renewOnce();
  }

  return {
    accessToken,
    async renewed(refused) {
      if (ended) throw ended;
      // Somebody who was refused earlier may have renewed it already.
      return refused === current.accessToken ? renewOnce() : accessToken();
    },
  };
}
