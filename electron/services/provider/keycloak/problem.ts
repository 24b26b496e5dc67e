import * as z from 'zod';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import type { Refusal } from '../../http/refusal.ts';

/** Of the client `account`: what a person may do there. */
export type Role =
  | 'view-profile'
  | 'manage-account'
  | 'manage-account-links'
  | 'view-applications'
  | 'manage-consent'
  | 'delete-account';

/** What a 403 says of a role that is missing; others are about the request or the token, and no role mends them. */
const ofRoleSchema = z.object({ error: z.literal('HTTP 403 Forbidden') });

/** The answer names no role: `role` is the one that the request takes. Undefined leaves it to the status. */
export function explainOfRole({ status, body }: Refusal, role: Role): ErrorShape | undefined {
  if (status !== 403 || !ofRoleSchema.safeParse(body).success) return undefined;
  return { code: 'forbidden', permission: role };
}
