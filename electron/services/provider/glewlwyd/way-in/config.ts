import * as z from 'zod';
import type { HttpClient } from '../../../http/http-client.ts';
import { explainStranger } from '../../common/refusals/explain-stranger.ts';
import { withoutPage } from '../../common/without-page.ts';

/** What anybody is told of the server (`GET {address}/config`): only glewlwyd answers so. */
const remoteConfigSchema = z.object({
  api_prefix: z.string().regex(/^[\w-]{1,100}(?:\/[\w-]{1,100}){0,9}$/),
  admin_scope: z.string().min(1).max(200),
  profile_scope: z.string().min(1).max(200),
  /** Also `yes` where a deleted account is only switched off. */
  delete_profile: z.enum(['yes', 'no']),
});

export interface Config {
  /** Path of the API below the address, without a slash at its end. */
  readonly api: string;
  /** The scope that a person needs for everything but looking at their profile. */
  readonly profileScope: string;
  readonly canDelete: boolean;
}

export interface ConfigReader {
  /** As it was read last: for what a run of the server never changes. */
  known(): Promise<Config>;
  /** As it is now. Errors: AppError offline, untrusted-answer. */
  read(): Promise<Config>;
}

export function createConfigReader(http: HttpClient, address: string): ConfigReader {
  let latest: Promise<Config> | undefined;
  function read(): Promise<Config> {
    const asked = readConfig(http, address);
    latest = asked;
    // The next who asks tries again.
    asked.catch(() => (latest = latest === asked ? undefined : latest));
    return asked;
  }
  return { known: () => latest ?? read(), read };
}

/** What was typed may have been one of its pages. */
export function toAddress(typed: string): string {
  return withoutPage(typed, /\/[\w-]+\.html$/);
}

/** Every glewlwyd has one, for anybody. Errors: AppError offline, untrusted-answer (not-a-profile-service). */
export async function readConfig(http: HttpClient, address: string): Promise<Config> {
  const url = `${address}/config`;
  const { body } = await http.send({ method: 'GET', url, schema: remoteConfigSchema, explain: explainStranger });
  return { api: `/${body.api_prefix}`, profileScope: body.profile_scope, canDelete: body.delete_profile === 'yes' };
}
