import type { Clock } from '../../clock.ts';
import { Problem } from '../../http/problem.ts';
import type { Preset } from '../../presets/preset.ts';
import type { PasswordHasher } from '../../security/passwords.ts';
import { createToken } from '../../security/tokens.ts';
import type { AccountsStore } from '../../accounts/accounts.store.ts';
import type { DevicesStore } from '../../proofs/devices.store.ts';
import type { Device } from '../../accounts/session.ts';
import type { SessionsStore } from '../../accounts/sessions.store.ts';
import type { SignedIn, SignInAnswer } from './auth.schemas.ts';
import { challengeLifetime, type ChallengesStore } from '../../proofs/challenges.store.ts';
import type { CodeFailuresStore } from '../../proofs/code-failures.store.ts';
import { signInSubjects, subjectOf, type LockOutStore } from '../../proofs/lock-out.store.ts';
import { refuseLockedOut } from '../../proofs/proofs.ts';
import type { createRefreshReplies } from './refresh-replies.ts';
import type { SecondFactor } from '../../proofs/second-factor.ts';

export interface AuthParts {
  readonly accounts: AccountsStore;
  readonly sessions: SessionsStore;
  readonly devices: DevicesStore;
  readonly secondFactor: SecondFactor;
  readonly challenges: ChallengesStore;
  readonly lockOut: LockOutStore;
  readonly codeFailures: CodeFailuresStore;
  readonly replies: ReturnType<typeof createRefreshReplies>;
  readonly passwords: PasswordHasher;
  readonly clock: Clock;
  readonly preset: Preset;
}

/** Signing in with a password, then a code where the account asks for one; renewing tokens. Errors: Problem. */
export function createAuthService(parts: AuthParts) {
  const steps = createSteps(parts);
  return { signIn: createSignIn(parts, steps), ...createFurtherSteps(parts, steps), refresh: createRefresh(parts) };
}

/** What a sign-in goes on with once something was proved. */
function createSteps({ lockOut, challenges, preset, clock, sessions, devices }: AuthParts) {
  /** `isProof`: what was shown here would open the re-authentication window too. */
  function complete(accountId: string, subject: string, device: Device, isProof = true): SignedIn {
    lockOut.clear(subject, accountId);
    const provenUntil =
      isProof && preset.reauth.isGivenBySignIn ? clock.now() + preset.policies.reauthWindowSeconds * 1000 : null;
    return { status: 'signed-in', ...sessions.start(accountId, device, provenUntil) };
  }

  /** A code where the account asks for one. */
  function proceed(accountId: string, subject: string, device: Device, isProof = true): SignInAnswer {
    if (!devices.isOn(accountId)) return complete(accountId, subject, device, isProof);
    return {
      status: 'code-required',
      challenge: challenges.open({ accountId, subject }),
      expiresIn: challengeLifetime,
    };
  }

  return { complete, proceed };
}

type Steps = ReturnType<typeof createSteps>;

function createSignIn({ accounts, lockOut, passwords }: AuthParts, { proceed }: Steps) {
  // Nobody's password: an unknown account costs the same work as a known one.
  const decoy = passwords.hash(createToken());

  return async (identifier: string, password: string, device: Device): Promise<SignInAnswer> => {
    const subject = subjectOf(identifier);
    const accountId = accounts.find(identifier);
    // Nobody's failures count too, so that both cost the same.
    const account = accountId ?? `nobody ${subject}`;
    const { told, silent } = signInSubjects(subject, account, device.ipAddress, lockOut.tries);
    refuseLockedOut(lockOut.secondsLeft(...told));
    const known = accountId === undefined ? undefined : accounts.readPassword(accountId);
    const isRight = await passwords.verify(known ?? (await decoy), password);
    // Others may have failed meanwhile, and the password may have changed.
    refuseLockedOut(lockOut.secondsLeft(...told));
    const isOpen = lockOut.secondsLeft(...silent) === 0;
    // To say here that the account is locked would tell that it is there.
    if (!isRight || !isOpen || accountId === undefined || accounts.readPassword(accountId) !== known) {
      lockOut.fail(...told, ...silent);
      throw new Problem('wrong-credentials', lockOut.outlook(...told));
    }
    return proceed(accountId, subject, device);
  };
}

function createFurtherSteps({ challenges, secondFactor, codeFailures }: AuthParts, { complete, proceed }: Steps) {
  return {
    /**
     * After a proof that is none of ours, an identity provider's. It may be from long ago, so it opens no
     * re-authentication window.
     */
    signInProven: (accountId: string, subject: string, device: Device): SignInAnswer =>
      proceed(accountId, subject, device, false),

    signInWithCode(challenge: string, code: string, device: Device): SignedIn {
      const found = challenges.find(challenge);
      if (!found) throw new Problem('challenge-expired');
      const { accountId, subject } = found;
      refuseLockedOut(codeFailures.secondsLeft(accountId));
      if (!secondFactor.take(accountId, code)) {
        secondFactor.fail(accountId);
        throw new Problem(secondFactor.refusal(accountId));
      }
      codeFailures.clear(accountId);
      challenges.close(challenge);
      return complete(accountId, subject, device);
    },
  };
}

function createRefresh({ replies, sessions }: AuthParts) {
  return (refreshToken: string, key: string | undefined): SignedIn => {
    const repeated = key === undefined ? undefined : replies.find(refreshToken, key);
    if (repeated) return { status: 'signed-in', ...repeated };
    const result = sessions.refresh(refreshToken);
    if (result.kind === 'reused') throw new Problem('refresh-reused');
    if (result.kind === 'ended') throw new Problem('session-ended');
    if (key !== undefined) replies.keep(refreshToken, key, result.tokens);
    return { status: 'signed-in', ...result.tokens };
  };
}
