import { toUtc } from '../provider/common/to-utc.ts';
import type { Tokens } from '../provider/tokens.ts';
import type { StoredAccount } from './accounts.stored.ts';

/** A token that a person made may have an end; nothing renews it. */
export function endOfToken(tokens: Tokens): Pick<StoredAccount, 'tokenEndsAt'> {
  const tokenEndsAt = tokens.kind === 'fixed' ? toUtc(tokens.expiresAt) : null;
  return tokenEndsAt === null ? {} : { tokenEndsAt };
}
