import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import type { Refusal } from '../../../http/refusal.ts';

/**
 * Of a service whose every refusal is JSON: what is none comes from something between, and must not end a session or
 * forbid anything. Undefined leaves it to the status.
 */
export function explainBetween({ status, body }: Refusal): ErrorShape | undefined {
  const isOfNobody = (status === 401 || status === 403) && body === undefined;
  return isOfNobody ? { code: 'untrusted-answer', reason: 'not-a-profile-service' } : undefined;
}
