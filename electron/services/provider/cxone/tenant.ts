import * as z from 'zod';
import type { HttpClient } from '../../http/http-client.ts';
import { recognizeRefusal } from '../common/refusals/recognize-refusal.ts';

export const serviceName = 'CXone';

export const keysPath = '/access-key-management/v1/access-keys';

/** How its services refuse whoever says nothing of who they are. */
const remoteProblemSchema = z.object({
  status: z.literal(401),
  error: z.string().max(1_000),
  path: z.string().max(10_000),
});

/** What was typed may be one of its pages. */
export function toRoot(typed: string): string {
  return new URL(typed).origin;
}

/** Errors: AppError offline, untrusted-answer (not-a-profile-service). */
export async function recognizeTenant(http: HttpClient, address: string): Promise<void> {
  await recognizeRefusal(http, `${address}${keysPath}`, ({ status, body }) => {
    const isItsWay = isArea(address) || remoteProblemSchema.safeParse(body).data?.path === keysPath;
    return status === 401 && isItsWay;
  });
}

/** `https://na1.nice-incontact.com` is where the area na1 has its pages and its UserHub APIs. */
function isArea(address: string): boolean {
  return /^https:\/\/[a-z]{2}\d{1,2}\.nice-incontact\.com$/.test(address);
}
