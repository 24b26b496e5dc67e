import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { Refusal } from '../../http/refusal.ts';
import { createSignedSender, type SignedSender } from '../signed-sender.ts';
import type { TokenSource } from '../tokens.ts';
import { explainOfRole, type Role } from './problem.ts';
import type { AccountRoles } from './roles.ts';

type Explain = (refusal: Refusal) => ErrorShape | undefined;

/** By what the account API wants for it: a role to look, and one to change anything. */
export interface Senders {
  readonly read: SignedSender;
  readonly write: SignedSender;
  /** As `write`, for refusals that say more than their status. */
  explaining(explain: Explain): SignedSender;
  /** For a part that any of these roles opens: a refusal names the first. */
  byAny(roles: readonly [Role, ...Role[]], explain?: Explain): SignedSender;
}

interface SendersDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly tokens: TokenSource;
  readonly roles: Pick<AccountRoles, 'noteMissing'>;
}

export function createSenders({ http, address, tokens, roles }: SendersDeps): Senders {
  const byAny: Senders['byAny'] = (anyOf, explain) =>
    createSignedSender(http, address, tokens, (refusal) => {
      const shape = explainOfRole(refusal, anyOf[0]);
      if (shape) for (const role of anyOf) roles.noteMissing(role);
      return shape ?? explain?.(refusal);
    });
  return {
    read: byAny(['view-profile']),
    write: byAny(['manage-account']),
    explaining: (explain) => byAny(['manage-account'], explain),
    byAny,
  };
}
