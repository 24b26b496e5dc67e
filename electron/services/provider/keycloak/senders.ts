import type { HttpClient } from '../../http/http-client.ts';
import { createSignedSender, type SignedSender } from '../signed-sender.ts';
import type { TokenSource } from '../tokens.ts';
import { explainOfRole, type Role } from './problem.ts';
import type { AccountRoles } from './roles.ts';

/** By what the account API wants for it: a role to look, and one to change anything. */
export interface Senders {
  readonly read: SignedSender;
  readonly write: SignedSender;
}

interface SendersDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly tokens: TokenSource;
  readonly roles: Pick<AccountRoles, 'noteMissing'>;
}

export function createSenders({ http, address, tokens, roles }: SendersDeps): Senders {
  const senderFor = (role: Role) =>
    createSignedSender(http, address, tokens, (refusal) => {
      const shape = explainOfRole(refusal, role);
      if (shape) roles.noteMissing(role);
      return shape;
    });
  return { read: senderFor('view-profile'), write: senderFor('manage-account') };
}
