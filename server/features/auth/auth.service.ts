import { Problem } from '../../http/problem.ts';
import type { PasswordHasher } from '../../security/passwords.ts';
import { createToken, hashToken } from '../../security/tokens.ts';
import { keyOf, type AccountsStore } from '../profile/accounts.store.ts';
import type { Device, SessionsStore } from '../sessions/sessions.store.ts';
import type { TotpStore } from '../totp/totp.store.ts';
import type { SignedIn, SignInAnswer } from './auth.schemas.ts';
import { challengeLifetime, type ChallengesStore } from './challenges.store.ts';
import type { LockOutStore } from './lock-out.store.ts';
import type { createRefreshReplies } from './refresh-replies.ts';

export interface AuthParts {
  readonly accounts: AccountsStore;
  readonly sessions: SessionsStore;
  readonly totp: TotpStore;
  readonly challenges: ChallengesStore;
  readonly lockOut: LockOutStore;
  readonly replies: ReturnType<typeof createRefreshReplies>;
  readonly passwords: PasswordHasher;
}

/** Signing in with a password, then a code where the account asks for one; renewing tokens. Errors: Problem. */
export function createAuthService(parts: AuthParts) {
  const { accounts, sessions, totp, challenges, lockOut, replies, passwords } = parts;
  // Nobody's password: an unknown account costs the same work as a known one.
  const decoy = passwords.hash(createToken());

  function beginTry(subject: string): void {
    const retryAfter = lockOut.begin(subject);
    if (retryAfter > 0) throw new Problem('locked-out', { retryAfter });
  }

  function complete(accountId: string, subject: string, device: Device): SignedIn {
    lockOut.clear(subject);
    return { status: 'signed-in', ...sessions.start(accountId, device) };
  }

  async function signIn(identifier: string, password: string, device: Device): Promise<SignInAnswer> {
    // People type passwords into the wrong field: the identifier is counted, but not kept.
    const subject = hashToken(keyOf(identifier));
    beginTry(subject);
    const accountId = accounts.find(identifier);
    const known = accountId === undefined ? undefined : accounts.readPassword(accountId);
    const isRight = await passwords.verify(known ?? (await decoy), password);
    if (!isRight || accountId === undefined || known === undefined) throw new Problem('wrong-credentials');
    if (!totp.isEnabled(accountId)) return complete(accountId, subject, device);
    lockOut.undo(subject);
    return { status: 'code-required', challenge: challenges.open({ accountId, subject }), expiresIn: challengeLifetime };
  }

  function signInWithCode(challenge: string, code: string, device: Device): SignedIn {
    const found = challenges.find(challenge);
    if (!found) throw new Problem('challenge-expired');
    beginTry(found.subject);
    if (!totp.take(found.accountId, code)) throw new Problem('wrong-code');
    challenges.close(challenge);
    return complete(found.accountId, found.subject, device);
  }

  function refresh(refreshToken: string, key: string | undefined): SignedIn {
    const repeated = key === undefined ? undefined : replies.find(refreshToken, key);
    if (repeated) return { status: 'signed-in', ...repeated };
    const result = sessions.refresh(refreshToken);
    if (result.kind === 'reused') throw new Problem('refresh-reused');
    if (result.kind === 'ended') throw new Problem('session-ended');
    if (key !== undefined) replies.keep(refreshToken, key, result.tokens);
    return { status: 'signed-in', ...result.tokens };
  }

  return { signIn, signInWithCode, refresh };
}
