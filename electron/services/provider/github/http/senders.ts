import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import type { HttpClient } from '../../../http/http-client.ts';
import type { WholeRefusal } from '../../../http/refusal.ts';
import { createSignedSender, type SignedSender } from '../../signed-sender.ts';
import type { TokenSource } from '../../tokens.ts';
import { githubHeaders } from './headers.ts';
import type { Pacing } from './pacing.ts';
import { explainProblem } from './problem.ts';
import type { Scope, TokenScopes } from './scopes.ts';

type Explain = (refusal: WholeRefusal) => ErrorShape | undefined;

/**
 * Sends what takes this scope; without one, what any token may. Paths are those below its API. `explain` comes before
 * what a refusal means on any route.
 */
export type Senders = (needs?: Scope, explain?: Explain) => SignedSender;

interface SendersDeps {
  readonly http: HttpClient;
  readonly api: string;
  readonly tokens: TokenSource;
  readonly scopes: TokenScopes;
  readonly pacing: Pacing;
}

export function createSenders({ http, api, tokens, scopes, pacing }: SendersDeps): Senders {
  return (needs, explain) => {
    const read: Explain = (refusal) => explain?.(refusal) ?? explainProblem(refusal, needs, scopes);
    const send = createSignedSender(http, api, tokens, read);
    return (request) =>
      pacing.run(request.method !== 'GET', () =>
        send({ ...request, headers: { ...githubHeaders, ...request.headers } }),
      );
  };
}
