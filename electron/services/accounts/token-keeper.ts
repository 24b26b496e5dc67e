import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Clock } from '../ports.ts';
import {
  scopesOf,
  tokenOf,
  type Refusals,
  type RefreshingTokens,
  type Tokens,
  type TokenSource,
} from '../provider/tokens.ts';

/** The tokens of one signed-in account, renewed when needed and once only, however many requests ask. */
export interface TokenKeeper extends TokenSource {
  /** Whether the provider refused to renew them for good: there is nothing left to ask with. */
  hasEnded(): boolean;
}

export interface TokenKeeperOptions<T extends Tokens = Tokens> {
  readonly tokens: T;
  readonly clock: Clock;
  /** Durable once resolved: a refresh token is single-use, so the next one must never be lost. */
  readonly save: (tokens: Tokens) => Promise<void>;
  /** As `Provider.refresh`, at the account's address. */
  readonly refresh: (refreshToken: string, attempt: string) => Promise<RefreshingTokens>;
  readonly refusals?: Refusals;
}

/** Milliseconds before its end at which a token counts as expired, so that it does not expire on its way. */
const renewEarlyMs = 30_000;

export function createTokenKeeper(options: TokenKeeperOptions): TokenKeeper {
  const { tokens, refusals } = options;
  const keeper =
    tokens.kind === 'refreshing'
      ? createRenewingKeeper({ ...options, tokens })
      : createLastingKeeper({ ...options, tokens });
  return { ...keeper, ...(refusals && { refusals }) };
}

const noop = (): void => undefined;

/** Nothing renews it. Its end is the provider's to say: this computer's clock may be wrong. */
function createLastingKeeper({ tokens, save }: Pick<TokenKeeperOptions, 'tokens' | 'save'>): TokenKeeper {
  let current = tokens;
  /** In use, and not kept safely yet: tried again with each request, since the one before is void. */
  let unsaved: Tokens | undefined;
  /** The last exchange of the token is over; how it ended is told to who began it. */
  let exchanging: Promise<void> = Promise.resolve();

  async function keep(): Promise<void> {
    const next = unsaved;
    if (!next) return;
    await save(next);
    if (unsaved === next) unsaved = undefined;
  }

  return {
    async accessToken() {
      await exchanging;
      await keep().catch(noop);
      return tokenOf(current);
    },
    scopes: scopesOf(tokens),
    async renewed(refused) {
      await exchanging;
      // Replaced while the request was on its way.
      if (refused !== tokenOf(current)) return tokenOf(current);
      throw new AppError('unauthenticated', { reason: 'session-ended' });
    },
    async replace(exchange, nextOf) {
      const exchanged = exchanging.then(async () => {
        const answer = await exchange(tokenOf(current));
        current = unsaved = nextOf(answer);
        return answer;
      });
      exchanging = exchanged.then(noop, noop);
      const answer = await exchanged;
      await keep().catch(noop);
      return answer;
    },
    hasEnded: () => false,
  };
}

function createRenewingKeeper(options: TokenKeeperOptions<RefreshingTokens>): TokenKeeper {
  const { clock, save, refresh } = options;
  let current = options.tokens;
  /** Names the exchange of the current refresh token, so that trying again after a lost reply is no reuse. */
  let attempt = randomUUID();
  /** Received, and not kept safely yet: if that failed, the next renewal keeps them instead of asking again. */
  let received: RefreshingTokens | undefined;
  let renewal: Promise<string> | undefined;
  let ended: AppError | undefined;

  async function renew(): Promise<string> {
    try {
      received ??= await refresh(current.refresh, attempt);
      await save(received);
      current = received;
      received = undefined;
      attempt = randomUUID();
      return current.access;
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') ended = error;
      throw error;
    } finally {
      renewal = undefined;
    }
  }

  /** One renewal for all who wait; they share its outcome. */
  function renewOnce(): Promise<string> {
    renewal ??= renew();
    return renewal;
  }

  async function accessToken(): Promise<string> {
    if (ended) throw ended;
    const isFresh = current.expiresAt - renewEarlyMs > clock.now();
    return isFresh && !renewal ? current.access : renewOnce();
  }

  return {
    accessToken,
    scopes: null,
    hasEnded: () => ended !== undefined,
    async refreshToken() {
      await renewal?.catch(() => undefined);
      return (received ?? current).refresh;
    },
    async renewed(refused) {
      if (ended) throw ended;
      // Somebody who was refused earlier may have renewed it already.
      return refused === current.access ? renewOnce() : accessToken();
    },
  };
}
