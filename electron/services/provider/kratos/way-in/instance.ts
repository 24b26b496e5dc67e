import * as z from 'zod';
import type { HttpClient } from '../../../http/http-client.ts';
import { explainStranger } from '../../common/refusals/explain-stranger.ts';
import { withoutPage } from '../../common/without-page.ts';
import type { Description } from '../../provider.ts';
import { hasGroup, remoteFlowSchema } from '../flows/flow.ts';

/** Anybody may ask for a form to sign in with; only Kratos gives one of this shape. */
const remoteLoginSchema = remoteFlowSchema.extend({
  type: z.literal('api'),
  ui: remoteFlowSchema.shape.ui.extend({
    action: z.string().regex(/\/self-service\/login\?flow=/),
    method: z.string(),
  }),
});

/** What was typed may have been one of its own routes. */
export function toAddress(typed: string): string {
  return withoutPage(typed, /\/(?:self-service|sessions|schemas|health)(?:\/.*)?$/);
}

/** The host: Kratos has no name of its own for what it guards, and each operator another page around it. */
export function nameOf(address: string): string {
  return new URL(address).host;
}

/** Errors: AppError offline, untrusted-answer (not-a-profile-service). */
export async function readInstance(http: HttpClient, typed: string): Promise<Description> {
  const address = toAddress(typed);
  const url = `${address}/self-service/login/api`;
  const { body } = await http.send({ method: 'GET', url, schema: remoteLoginSchema, explain: explainStranger });
  // Where the identifier is asked for first, the password's part comes with the next step of the same form.
  const takesPassword = hasGroup(body, 'password') || hasGroup(body, 'identifier_first');
  return {
    address,
    name: nameOf(address),
    // Told on the operator's port alone.
    version: null,
    ways: takesPassword ? ['password'] : [],
    identityProviders: [],
  };
}
