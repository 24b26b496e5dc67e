import * as z from 'zod';
import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import { refusalsOf } from '../common/refusals/run-refusals.ts';
import type { TokenSource } from '../tokens.ts';
import type { Role } from './problem.ts';

export interface AccountRoles {
  /**
   * What any one of these roles allows, as far as it is known: a lightweight token names none, and then the first
   * refusal tells.
   */
  accessBy(...anyOf: readonly [Role, ...Role[]]): Promise<FieldAccess>;
  /** The service refused for want of it: so it is for a day, as long as the token names the same roles. */
  noteMissing(role: Role): void;
}

const claimsSchema = z.object({
  resource_access: z.object({ account: z.object({ roles: z.array(z.string()) }) }),
});

export function createAccountRoles(tokens: Pick<TokenSource, 'accessToken' | 'refusals'>): AccountRoles {
  const refusals = refusalsOf(tokens);
  const readKnown = async () => readRoles(await tokens.accessToken());
  return {
    async accessBy(...anyOf) {
      const known = await readKnown();
      const may = anyOf.some((role) => !refusals.has(nameOf(role), markOf(known)) && (known?.includes(role) ?? true));
      return may ? { kind: 'editable' } : { kind: 'needs-permission', permission: anyOf[0] };
    },
    noteMissing(role) {
      // Without a token nothing is asked, so nothing is refused.
      readKnown().then(
        (known) => refusals.note(nameOf(role), markOf(known)),
        () => undefined,
      );
    },
  };
}

type KnownRoles = readonly string[] | undefined;

function markOf(known: KnownRoles): string {
  return known ? known.toSorted().join(' ') : 'untold';
}

const nameOf = (role: Role) => `role ${role}`;

/**
 * Undefined where the token does not say. Its signature is not checked: it came from the service itself, and what is
 * read here only locks a control that the service would refuse.
 */
function readRoles(accessToken: string): KnownRoles {
  try {
    const payload: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
    return claimsSchema.safeParse(payload).data?.resource_access.account.roles;
  } catch {
    return undefined;
  }
}
