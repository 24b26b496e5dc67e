import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import type { HttpClient } from '../../../http/http-client.ts';
import type { Refusal } from '../../../http/refusal.ts';
import { createSignedSender, type Signature, type SignedSender } from '../../signed-sender.ts';
import type { TokenSource } from '../../tokens.ts';
import { explainProblem } from './problem.ts';
import type { TokenScopes } from './scopes.ts';

type Explain = (refusal: Refusal) => ErrorShape | undefined;

export interface Senders {
  readonly send: SignedSender;
  /** As `send`, for refusals that say more. */
  explaining(explain: Explain): SignedSender;
  /** For the routes of tokens, which take nothing else: the token in place of the password of `login`. */
  asBasic(login: string, explain?: Explain): SignedSender;
}

interface SendersDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly tokens: TokenSource;
  readonly scopes: Pick<TokenScopes, 'noteMissing'>;
}

/** Paths are those below its API. */
export function createSenders({ http, address, tokens, scopes }: SendersDeps): Senders {
  const senderFor = (explain?: Explain, sign?: Signature) =>
    createSignedSender(
      http,
      `${address}/api/v1`,
      tokens,
      (refusal) => {
        const shape = explain?.(refusal) ?? explainProblem(refusal);
        if (shape?.permission !== undefined) scopes.noteMissing(shape.permission);
        return shape;
      },
      sign,
    );
  return {
    send: senderFor(),
    explaining: (explain) => senderFor(explain),
    asBasic: (login, explain) => senderFor(explain, (token) => toBasic(login, token)),
  };
}

function toBasic(login: string, token: string): Readonly<Record<string, string>> {
  return { Authorization: `Basic ${Buffer.from(`${login}:${token}`).toString('base64')}` };
}
