import * as z from 'zod';
import type { HttpClient } from '../../http/http-client.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Senders } from './senders.ts';

/** RFC 3339. */
const moment = z.string().max(100);
const text = z.string().max(10_000);

/** What the person's record holds is judged by its own schema (`person/identity-schema.ts`). */
export const remoteIdentitySchema = z.object({
  id: z.string().min(1).max(200),
  schema_id: z.string().min(1).max(1_000),
  traits: z.record(z.string(), z.unknown()),
  created_at: moment.nullish(),
  verifiable_addresses: z
    .array(z.object({ value: text, verified: z.boolean() }))
    .max(1_000)
    .nullish(),
});
export type RemoteIdentity = z.infer<typeof remoteIdentitySchema>;

export const remoteSessionSchema = z.object({
  id: z.string().min(1).max(200),
  active: z.boolean().nullish(),
  expires_at: moment.nullish(),
  authenticated_at: moment.nullish(),
  issued_at: moment.nullish(),
  devices: z
    .array(z.object({ ip_address: text.nullish(), user_agent: text.nullish() }))
    .max(1_000)
    .nullish(),
});
export type RemoteSession = z.infer<typeof remoteSessionSchema>;

const remoteWhoamiSchema = remoteSessionSchema.extend({ identity: remoteIdentitySchema });
export type Whoami = z.infer<typeof remoteWhoamiSchema>;

/** Errors: AppError unauthenticated (session-ended), offline, untrusted-answer. */
export async function readWhoami({ identity }: Pick<Senders, 'identity'>): Promise<Whoami> {
  return (await identity({ method: 'GET', path: '/sessions/whoami', schema: remoteWhoamiSchema })).body;
}

/**
 * Milliseconds since the epoch by the server's clock, right after an answer of it. Errors: AppError untrusted-answer.
 */
export function serverNowOf(http: HttpClient, address: string): number {
  const now = http.serverNow(address);
  // An answer without a usable Date header.
  if (now === undefined) throw new AppError('untrusted-answer', { reason: 'wrong-shape' });
  return now;
}
