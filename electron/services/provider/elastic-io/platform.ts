import * as z from 'zod';
import type { HttpClient } from '../../http/http-client.ts';
import { recognizeRefusal } from '../common/refusals/recognize-refusal.ts';

export const serviceName = 'elastic.io';

/** Its own two addresses (`appURL` and `apiBaseUri` of its documentation). */
const [ownPages, ownApi] = ['https://app.elastic.io', 'https://api.elastic.io'];

const remoteProblemSchema = z.object({ errors: z.array(z.looseObject({})).min(1).max(100) });

/** What was typed may be one of its pages, or the address of its API. */
export function toRoot(typed: string): string {
  const { origin } = new URL(typed);
  return origin === ownApi ? ownPages : origin;
}

/**
 * Where the API of a platform is. Others that run it name no second host, so theirs is looked for where people sign in.
 */
export function apiOf(address: string): string {
  return address === ownPages ? ownApi : address;
}

/**
 * The API says nothing to who is not signed in, and that in its own way: errors of JSON:API. Errors: AppError offline,
 * untrusted-answer (not-a-profile-service).
 */
export async function recognizePlatform(http: HttpClient, address: string): Promise<void> {
  await recognizeRefusal(http, `${apiOf(address)}/v2/users/me`, (refusal) => {
    // A registry of containers has errors of that form at the same path, as a Gitea does for its packages.
    const isRegistry = refusal.header('docker-distribution-api-version') !== undefined;
    const hasItsErrors = remoteProblemSchema.safeParse(refusal.body).success;
    return refusal.status === 401 && (address === ownPages || (hasItsErrors && !isRegistry));
  });
}
