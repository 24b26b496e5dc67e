import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { Refusal } from '../../http/refusal.ts';
import { createSignedSender, type Signature, type SignedSender } from '../signed-sender.ts';
import type { TokenSource } from '../tokens.ts';
import { explainById, explainForm, idOf, type FieldOf } from './flows/problem.ts';

/** A session is a token of a header of its own; cookies are refused. */
const asSessionToken: Signature = (token) => ({ 'X-Session-Token': token });

export interface Senders {
  /** Who this is. A second factor that was set up since ends the session: nothing can be read without it. */
  readonly identity: SignedSender;
  /** All else. Errors: AppError reauth-required, where the sign-in is too old, or lacks the second factor. */
  readonly session: SignedSender;
  /** As `session`, for forms: `fieldOf` says where the input of a name stands in the app. */
  readonly form: (fieldOf?: FieldOf) => SignedSender;
}

export interface SendersDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly tokens: TokenSource;
  /** The sign-in is too old for what was sent. */
  readonly onStale?: () => void;
}

export function createSenders({ http, address, tokens, onStale }: SendersDeps): Senders {
  const senderWith = (explain: (refusal: Refusal) => ErrorShape | undefined) =>
    createSignedSender(
      http,
      address,
      tokens,
      (refusal) => {
        if (idOf(refusal) === 'session_refresh_required') onStale?.();
        return explain(refusal);
      },
      asSessionToken,
    );
  return {
    identity: senderWith((refusal) =>
      idOf(refusal) === 'session_aal2_required'
        ? { code: 'unauthenticated', reason: 'session-ended' }
        : explainById(refusal),
    ),
    session: senderWith(explainById),
    form: (fieldOf) => senderWith((refusal) => explainById(refusal) ?? explainForm(refusal, fieldOf)),
  };
}

/** For forms that nobody is signed in for. */
export function createOpenSender(http: HttpClient, address: string, fieldOf?: FieldOf): SignedSender {
  return ({ path, ...request }) =>
    http.send({
      ...request,
      url: address + path,
      explain: (refusal) => explainById(refusal) ?? explainForm(refusal, fieldOf) ?? explainDisabled(refusal),
    });
}

/** There is no session that could be over: whoever runs the service has closed this account. */
function explainDisabled({ status }: Refusal): ErrorShape | undefined {
  return status === 401 ? { code: 'forbidden', reason: 'account-disabled' } : undefined;
}
