import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import { cleanShort } from '../../core/clean-text.ts';
import type { SignedSender } from '../signed-sender.ts';

const name = z.string().min(1).max(200);

const remoteSchemeSchema = z.object({
  scheme_type: name,
  scheme_name: name,
  scheme_display_name: z.string().max(10_000).nullish(),
  scheme_authenticated: z.boolean(),
  scheme_registered: z.boolean(),
});

/** Of a session that is over it is empty. */
const remoteScopeSchema = z.object({
  available: z.boolean().optional(),
  password_required: z.boolean().optional(),
  password_authenticated: z.boolean().optional(),
  /** Seconds since the epoch. */
  password_last_login: z.number().nullish(),
  /** By group. */
  schemes: z.record(name, z.array(remoteSchemeSchema).max(100)).optional(),
  scheme_required: z.record(name, z.number()).optional(),
});

const remoteScopesSchema = z.record(name, remoteScopeSchema);

type RemoteScope = z.infer<typeof remoteScopeSchema>;
type RemoteScheme = z.infer<typeof remoteSchemeSchema>;

/** A scheme of one-time codes. */
interface Authenticator {
  readonly name: string;
  readonly displayName: string;
  readonly isRegistered: boolean;
}

/** What a scope asks of this session, now. */
export interface ScopeState {
  /** Whether the person has it at all. */
  readonly isAvailable: boolean;
  /** Whether a password is ever asked for. */
  readonly asksPassword: boolean;
  /** Milliseconds since the epoch by the server's clock; undefined where the password counts no more. */
  readonly passwordAt: number | undefined;
  /** Whose code is asked for, and was not given. */
  readonly missingCode: Authenticator | undefined;
  /** What else is asked for, and cannot be given here: its name. */
  readonly missingElse: string | undefined;
}

export interface Scopes {
  readonly profile: ScopeState;
  /** Those that any scope of the person uses, each once. */
  readonly authenticators: readonly Authenticator[];
}

/**
 * How this session stands with these scopes; any session may ask. Errors: AppError unauthenticated (session-ended),
 * offline, untrusted-answer.
 */
export async function readScopes(send: SignedSender, profile: string, others: readonly string[] = []): Promise<Scopes> {
  const scope = encodeURIComponent([...new Set([profile, ...others])].join(' '));
  const path = `/auth/scheme/?scope=${scope}`;
  const { body } = await send({ method: 'GET', path, schema: remoteScopesSchema });
  const own = body[profile];
  if (own?.available === undefined) throw new AppError('unauthenticated', { reason: 'session-ended' });
  const used = Object.values(body).filter(({ available }) => available === true);
  const all = used.flatMap(({ schemes = {} }) => Object.values(schemes).flat()).filter(isOtp);
  return {
    profile: toState(own),
    authenticators: [...new Map(all.map((scheme) => [scheme.scheme_name, toAuthenticator(scheme)])).values()],
  };
}

function toState(scope: RemoteScope): ScopeState {
  const { available, password_required, password_authenticated, password_last_login } = scope;
  const missing = missingSchemes(scope);
  const code = missing.find((scheme) => isOtp(scheme) && scheme.scheme_registered);
  return {
    isAvailable: available === true,
    asksPassword: password_required === true,
    passwordAt: password_authenticated ? (password_last_login ?? 0) * 1_000 : undefined,
    missingCode: code && toAuthenticator(code),
    missingElse: code || !missing[0] ? undefined : displayNameOf(missing[0]),
  };
}

/** Of the groups in which more have to be proved, those that could be. */
function missingSchemes({ schemes = {}, scheme_required = {} }: RemoteScope): RemoteScheme[] {
  return Object.entries(schemes).flatMap(([group, all]) => {
    const open = all.filter(({ scheme_authenticated }) => !scheme_authenticated);
    return all.length - open.length < (scheme_required[group] ?? 1) ? open : [];
  });
}

function isOtp({ scheme_type }: RemoteScheme): boolean {
  return scheme_type === 'otp';
}

function toAuthenticator(scheme: RemoteScheme): Authenticator {
  return {
    name: scheme.scheme_name,
    displayName: displayNameOf(scheme),
    isRegistered: scheme.scheme_registered,
  };
}

function displayNameOf({ scheme_name, scheme_display_name }: RemoteScheme): string {
  return cleanShort(scheme_display_name || scheme_name, 200);
}
