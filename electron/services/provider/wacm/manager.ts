import * as z from 'zod';
import type { HttpClient } from '../../http/http-client.ts';
import { recognizeRefusal } from '../common/refusals/recognize-refusal.ts';

export const serviceName = 'WACM';

/** There is one of it (“Generating a WACM Connect API Key”, “Authentication”). */
const [ownPages, ownApi] = ['https://wacm.wasabisys.com', 'https://api.wacm.wasabisys.com'];

export const accountsPath = '/api/v1/control-accounts';

/** How it says that something failed. */
const remoteFailureSchema = z.object({ success: z.union([z.literal(false), z.literal('False')]), message: z.string() });

/** What was typed may be one of its pages, or the address of its API. */
export function toRoot(typed: string): string {
  const { origin } = new URL(typed);
  return origin === ownApi ? ownPages : origin;
}

export function apiOf(address: string): string {
  return address === ownPages ? ownApi : address;
}

/** Errors: AppError offline, untrusted-answer (not-a-profile-service). */
export async function recognizeManager(http: HttpClient, address: string): Promise<void> {
  await recognizeRefusal(http, `${apiOf(address)}${accountsPath}`, ({ status, body }) => {
    const isItsWay = address === ownPages || remoteFailureSchema.safeParse(body).success;
    return status === 401 && isItsWay;
  });
}
