import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import type { HttpClient } from '../../../http/http-client.ts';
import type { Refusal } from '../../../http/refusal.ts';
import { createSignedSender, type SignedSender } from '../../signed-sender.ts';
import type { TokenSource } from '../../tokens.ts';
import { explainProblem } from './problem.ts';
import type { TokenScopes } from './scopes.ts';

type Explain = (refusal: Refusal) => ErrorShape | undefined;

export interface Senders {
  readonly send: SignedSender;
  /** As `send`, for refusals that say more. */
  explaining(explain: Explain): SignedSender;
}

interface SendersDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly tokens: TokenSource;
  readonly scopes: Pick<TokenScopes, 'noteMissing'>;
}

/** Paths are those below its API. Personal access tokens and those of OAuth go the same way. */
export function createSenders({ http, address, tokens, scopes }: SendersDeps): Senders {
  const senderFor = (explain?: Explain) =>
    createSignedSender(http, `${address}/api/v4`, tokens, (refusal) => {
      const shape = explain?.(refusal) ?? explainProblem(refusal);
      if (shape?.permission !== undefined) scopes.noteMissing(shape.permission);
      return shape;
    });
  return { send: senderFor(), explaining: senderFor };
}
