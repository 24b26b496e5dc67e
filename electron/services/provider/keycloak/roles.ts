import * as z from 'zod';
import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import type { TokenSource } from '../tokens.ts';
import type { Role } from './problem.ts';

export interface AccountRoles {
  /**
   * What any one of these roles allows, as far as it is known: a lightweight token names none, and then the first
   * refusal tells.
   */
  accessBy(...anyOf: readonly [Role, ...Role[]]): Promise<FieldAccess>;
  /** The service refused for want of it: so it is until the next sign-in. */
  noteMissing(role: Role): void;
}

const claimsSchema = z.object({
  resource_access: z.object({ account: z.object({ roles: z.array(z.string()) }) }),
});

export function createAccountRoles(tokens: Pick<TokenSource, 'accessToken'>): AccountRoles {
  const missing = new Set<Role>();
  return {
    async accessBy(...anyOf) {
      const known = readRoles(await tokens.accessToken());
      const may = anyOf.some((role) => !missing.has(role) && (known?.includes(role) ?? true));
      return may ? { kind: 'editable' } : { kind: 'needs-permission', permission: anyOf[0] };
    },
    noteMissing: (role) => void missing.add(role),
  };
}

/**
 * Undefined where the token does not say. Its signature is not checked: it came from the service itself, and what is
 * read here only locks a control that the service would refuse.
 */
function readRoles(accessToken: string): readonly string[] | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
    return claimsSchema.safeParse(payload).data?.resource_access.account.roles;
  } catch {
    return undefined;
  }
}
