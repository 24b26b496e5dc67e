import type { Clock } from '../../clock.ts';
import { Problem } from '../../http/problem.ts';
import type { Preset } from '../../presets/preset.ts';
import type { PasswordHasher } from '../../security/passwords.ts';
import { createToken } from '../../security/tokens.ts';
import type { AccountsStore } from '../../accounts/accounts.store.ts';
import type { DevicesStore } from '../../proofs/devices.store.ts';
import type { Device, IssuedTokens } from '../../accounts/session.ts';
import type { SessionsStore } from '../../accounts/sessions.store.ts';
import type { SignedIn, SignIn, SignInAnswer } from './auth.schemas.ts';
import { challengeLifetime, type ChallengesStore } from '../../proofs/challenges.store.ts';
import type { CodeFailuresStore } from '../../proofs/code-failures.store.ts';
import type { DeviceTokens } from '../../proofs/device-tokens.ts';
import { countOfDevice, countOfStrangers, subjectOf, type LockOutStore } from '../../proofs/lock-out.store.ts';
import { refuseLockedOut } from '../../proofs/proofs.ts';
import type { createRefreshReplies } from './refresh-replies.ts';
import type { SecondFactor } from '../../proofs/second-factor.ts';

export interface AuthDeps {
  readonly accounts: AccountsStore;
  readonly sessions: SessionsStore;
  readonly devices: DevicesStore;
  readonly secondFactor: SecondFactor;
  readonly challenges: ChallengesStore;
  readonly lockOut: LockOutStore;
  readonly deviceTokens: DeviceTokens;
  readonly codeFailures: CodeFailuresStore;
  readonly replies: ReturnType<typeof createRefreshReplies>;
  readonly passwords: PasswordHasher;
  readonly clock: Clock;
  readonly preset: Preset;
}

/** Signing in with a password, then a code where the account asks for one; renewing tokens. Errors: Problem. */
export function createAuthService(deps: AuthDeps) {
  const steps = createSteps(deps);
  return { signIn: createSignIn(deps, steps), ...createFurtherSteps(deps, steps), refresh: createRefresh(deps) };
}

/** What a sign-in goes on with once something was proved. */
function createSteps(deps: AuthDeps) {
  const { lockOut, challenges, preset, clock, sessions, devices } = deps;

  /** `isProof`: what was shown here would open the re-authentication window too. */
  function complete(accountId: string, subject: string, device: Device, isProof = true): SignedIn {
    lockOut.succeed(subject, accountId);
    const provenUntil =
      isProof && preset.reauth.isGivenBySignIn ? clock.now() + preset.policies.reauthWindowSeconds * 1000 : null;
    return toAnswer(deps, accountId, sessions.start(accountId, device, provenUntil));
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

function toAnswer({ deviceTokens }: AuthDeps, accountId: string, tokens: IssuedTokens): SignedIn {
  return { status: 'signed-in', ...tokens, deviceToken: deviceTokens.give(accountId, tokens.sessionId) };
}

function createSignIn({ accounts, lockOut, passwords, deviceTokens }: AuthDeps, { proceed }: Steps) {
  // Nobody's password: an unknown account costs the same work as a known one.
  const decoy = passwords.hash(createToken());

  function countOf({ identifier, deviceToken }: SignIn, accountId: string | undefined, hash: string, from: string) {
    const subject = subjectOf(identifier);
    // Nobody's failures count too, so that both cost the same.
    const account = accountId ?? `nobody ${subject}`;
    const earlier = deviceToken === undefined ? undefined : deviceTokens.read(deviceToken, account, hash);
    return earlier === undefined
      ? countOfStrangers(subject, account, from, lockOut.tries)
      : countOfDevice(earlier, lockOut.tries);
  }

  return async (typed: SignIn, device: Device): Promise<SignInAnswer> => {
    const accountId = accounts.find(typed.identifier);
    const known = accountId === undefined ? undefined : accounts.readPassword(accountId);
    const hash = known ?? (await decoy);
    const { subject, disclosed, silent } = countOf(typed, accountId, hash, device.ipAddress);
    refuseLockedOut(lockOut.secondsLeft(...disclosed));
    const isRight = await passwords.verify(hash, typed.password);
    // Others may have failed meanwhile, and the password may have changed.
    refuseLockedOut(lockOut.secondsLeft(...disclosed));
    const isOpen = lockOut.secondsLeft(...silent) === 0;
    // To say here that the account is locked would tell that it is there.
    if (!isRight || !isOpen || accountId === undefined || accounts.readPassword(accountId) !== known) {
      lockOut.fail(...disclosed, ...silent);
      throw new Problem('wrong-credentials', lockOut.outlook(...disclosed));
    }
    return proceed(accountId, subject, device);
  };
}

function createFurtherSteps({ challenges, secondFactor, codeFailures }: AuthDeps, { complete, proceed }: Steps) {
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

function createRefresh(deps: AuthDeps) {
  const { replies, sessions } = deps;
  return (refreshToken: string, key: string | undefined): SignedIn => {
    const repeated = key === undefined ? undefined : replies.find(refreshToken, key);
    if (repeated) return repeated;
    const result = sessions.refresh(refreshToken);
    if (result.kind === 'reused') throw new Problem('refresh-reused');
    if (result.kind === 'ended') throw new Problem('session-ended');
    const answer = toAnswer(deps, result.accountId, result.tokens);
    if (key !== undefined) replies.keep(refreshToken, key, answer);
    return answer;
  };
}
