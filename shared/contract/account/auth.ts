import * as z from 'zod';
import { call, event } from '../../rpc/define.ts';
import { id, instant, nothing } from '../base.ts';
import { errorShapeSchema } from '../error-shape.ts';
import { providerKindSchema, targetSchema } from './accounts.ts';
import { identityAttemptSchema } from './linked-accounts.ts';

export const signInResultSchema = z.discriminatedUnion('next', [
  z.strictObject({ next: z.literal('done'), accountId: id }),
  /** The password was right and the account asks for a code; the challenge is good until then. */
  z.strictObject({ next: z.literal('code'), challenge: id, expiresAt: instant }),
]);
export type SignInResult = z.infer<typeof signInResultSchema>;

/** A sign-in that waits until its code is typed on a page of the service (RFC 8628). */
export const deviceAttemptSchema = z.strictObject({
  attempt: id,
  /** As it is to be shown; the page asks for it, or shows it to be compared. */
  userCode: z.string().min(1).max(40),
  page: z.string().max(2_000),
  expiresAt: instant,
});
export type DeviceAttempt = z.infer<typeof deviceAttemptSchema>;

/** As `accounts.inspect` found it. */
const kind = providerKindSchema.default('reference');

export const auth = {
  /**
   * Fails with `unauthenticated`: wrong-credentials, the same whether or not the account exists; `rate-limited`:
   * locked-out, with retryAfter. Signing in again to an account that is in the list signs that one in again. With
   * `again` that account moves to `target`, if the same account is there now: its service has another address.
   */
  signIn: call(
    z.strictObject({
      kind,
      target: targetSchema,
      /** E-mail or username. */
      identifier: z.string().min(1).max(500),
      password: z.string().min(1).max(1_000),
      again: id.optional(),
    }),
    signInResultSchema,
    ['invalid-request', 'forbidden', 'not-offered', 'cancelled'],
  ),
  /** Fails with `unauthenticated`: wrong-code, challenge-expired; `rate-limited`: locked-out. */
  submitCode: call(z.strictObject({ challenge: id, code: z.string().min(1).max(40) }), signInResultSchema),
  /** Signs in with a linked identity (C3): opens its provider in the system browser. `again` as in `signIn`. */
  signInWithIdentity: call(
    z.strictObject({ kind, target: targetSchema, issuer: z.string().min(1).max(2_000), again: id.optional() }),
    identityAttemptSchema,
    ['invalid-request', 'not-offered', 'cancelled'],
  ),
  /** Waits for its end. Fails with `unauthenticated`: identity-not-linked. */
  finishIdentitySignIn: call(z.strictObject({ attempt: id }), signInResultSchema, [
    'forbidden',
    'conflict',
    'cancelled',
  ]),
  /**
   * Signs in on a page of the service in the system's browser (R2). `clientId` is the one that this service knows the
   * app by: `inspect` tells it where an account here has it. `linkedAccounts.openAgain` and `cancel` take this attempt
   * too.
   */
  beginBrowserSignIn: call(
    z.strictObject({ kind, target: targetSchema, clientId: z.string().min(1).max(500), again: id.optional() }),
    identityAttemptSchema,
    ['invalid-request', 'not-offered', 'cancelled'],
  ),
  /**
   * Waits for its end. Fails with `conflict`: another-person, where with `again` somebody else than the person of that
   * account is signed in in the browser; `unauthenticated`: token-refused.
   */
  finishBrowserSignIn: call(z.strictObject({ attempt: id }), signInResultSchema, [
    'forbidden',
    'conflict',
    'cancelled',
  ]),
  /**
   * Signs in with a token that the person made at the service and pasted (R2): it goes to the services once, and never
   * back. One that lacks a scope is taken, and what it cannot do is locked. Fails with `unauthenticated`: key-refused;
   * `forbidden` with the scope, where it cannot even tell who its person is; `conflict`: another-person. `name` goes
   * with a key where `inspect` names what (`pasting`).
   */
  signInWithToken: call(
    z.strictObject({
      kind,
      target: targetSchema,
      token: z.string().min(1).max(2_000),
      name: z.string().max(500).optional(),
      again: id.optional(),
    }),
    signInResultSchema,
    ['invalid-request', 'forbidden', 'conflict', 'not-offered', 'cancelled'],
  ),
  /**
   * Adds the app at a service where anybody may, for `beginBrowserSignIn`. The token is used for that alone, and not
   * kept. Fails as `signInWithToken` does.
   */
  registerClient: call(
    z.strictObject({ kind, target: targetSchema, token: z.string().min(1).max(2_000) }),
    z.strictObject({ clientId: z.string().max(500) }),
    ['invalid-request', 'forbidden', 'not-offered', 'cancelled'],
  ),
  /** Opens the service's page for making one. `address`: to open by hand where no browser could be; else null. */
  openPastingPage: call(
    z.strictObject({ kind, target: targetSchema }),
    z.strictObject({ address: z.string().max(2_000).nullable() }),
    ['invalid-request', 'not-offered', 'cancelled'],
  ),
  /**
   * Signs in by a code that is typed on a page of the service (R2). `clientId` as in `beginBrowserSignIn`. Another one
   * that is under way ends. Fails with `not-offered`: code-not-allowed; `invalid-request`: client-not-known.
   */
  beginDeviceSignIn: call(
    z.strictObject({ kind, target: targetSchema, clientId: z.string().min(1).max(500), again: id.optional() }),
    deviceAttemptSchema,
    ['invalid-request', 'not-offered', 'cancelled'],
  ),
  /** `address`: to open by hand where no browser could be; else null. */
  openDevicePage: call(z.strictObject({ attempt: id }), z.strictObject({ address: z.string().max(2_000).nullable() })),
  /**
   * Waits for its end. Fails with `cancelled`: declined-at-provider, code-expired; `conflict`: another-person, as
   * `finishBrowserSignIn`.
   */
  finishDeviceSignIn: call(z.strictObject({ attempt: id }), signInResultSchema, [
    'invalid-request',
    'not-offered',
    'forbidden',
    'conflict',
    'cancelled',
  ]),
  /** Of one that is over already this changes nothing. */
  cancelDeviceSignIn: call(z.strictObject({ attempt: id }), z.strictObject({})),
  /** Why the service cannot be asked just now whether the code was typed; null once it can be again. */
  deviceSignInWaits: event(z.strictObject({ attempt: id, cause: errorShapeSchema.nullable() })),
  /**
   * For a person who cannot sign in: asks the provider to mail a link for a new password to the account's confirmed
   * address. The answer is the same whether or not there is such an account.
   */
  requestPasswordReset: call(
    z.strictObject({
      kind,
      target: targetSchema,
      /** E-mail or username. */
      identifier: z.string().min(1).max(500),
    }),
    z.strictObject({}),
    ['invalid-request', 'not-offered', 'cancelled'],
  ),
  /**
   * Deletes the demo inside the app with everything in it, on this computer and for good, and makes it anew (D7).
   */
  renewDemo: call(nothing, z.strictObject({}), ['not-offered']),
  /**
   * Ends the session at the provider and drops its tokens here. With `forget` the cached profile, the
   * account and everything else of it on this computer goes too.
   * `providerNotified` is false if the provider could not be reached: there the session ends by itself later.
   * A token that the person pasted stays good there, but with `revoke`, which means nothing to other accounts.
   */
  signOut: call(
    z.strictObject({ accountId: id, forget: z.boolean(), revoke: z.boolean().optional() }),
    z.strictObject({
      providerNotified: z.boolean(),
      /** It was not told, and what it gave the app for the person has no end: it still works there. */
      staysSignedIn: z.literal(true).optional(),
    }),
  ),
};
