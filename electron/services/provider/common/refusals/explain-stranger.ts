import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import { explainStatus, type Refusal } from '../../../http/refusal.ts';

/** What a refusal means where the service that is looked for would answer: something else is there. */
export function explainStranger(refusal: Refusal): ErrorShape {
  const shape = explainStatus(refusal);
  const isElsewhere = refusal.status < 500 && refusal.status !== 429 && shape.code !== 'offline';
  return isElsewhere ? { code: 'untrusted-answer', reason: 'not-a-profile-service' } : shape;
}
