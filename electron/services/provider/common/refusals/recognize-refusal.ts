import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { HttpClient } from '../../../http/http-client.ts';
import type { WholeRefusal } from '../../../http/refusal.ts';
import { explainStranger } from './explain-stranger.ts';

/**
 * Knows a service that tells nothing to whoever is not signed in, by how it refuses a request without credentials.
 * Errors: AppError offline, server-fault, untrusted-answer (not-a-profile-service).
 */
export async function recognizeRefusal(
  http: HttpClient,
  url: string,
  isIts: (refusal: WholeRefusal) => boolean,
): Promise<void> {
  let isKnown = false;
  try {
    await http.send({
      method: 'GET',
      url,
      schema: z.never(),
      explain(refusal) {
        isKnown = isIts(refusal);
        return explainStranger(refusal);
      },
    });
  } catch (error) {
    if (isKnown) return;
    // Whoever lets in anybody is another service.
    const isOpen = error instanceof AppError && error.details.reason === 'wrong-shape';
    throw isOpen ? new AppError('untrusted-answer', { reason: 'not-a-profile-service' }) : error;
  }
}
